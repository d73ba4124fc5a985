package exchange

// The namespaces of WXR 1.2.
const (
	nsExcerpt = "http://wordpress.org/export/1.2/excerpt/"
	nsContent = "http://purl.org/rss/1.0/modules/content/"
	nsComment = "http://wellformedweb.org/CommentAPI/"
	nsDublin  = "http://purl.org/dc/elements/1.1/"
	nsExport  = "http://wordpress.org/export/1.2/"
)

// wxrTime is the layout of WordPress's times, wxrNoTime what stands for none.
const (
	wxrTime   = "2006-01-02 15:04:05"
	wxrNoTime = "0000-00-00 00:00:00"
)

// generatorName begins the generator of our own files.
const generatorName = "Radd"

// The meta keys that carry what WXR has no field for. WordPress hides keys that
// begin with an underscore. metaOurs marks an article or comment that Radd wrote:
// it is read back as it was, id included.
const (
	metaPrefix    = "_radd_"
	metaOurs      = metaPrefix + "version" // the thing's own version number
	metaBody      = metaPrefix + "body"    // the article's Markdown
	metaSummary   = metaPrefix + "summary"
	metaSection   = metaPrefix + "section"
	metaMode      = metaPrefix + "mode"
	metaLang      = metaPrefix + "lang"
	metaSource    = metaPrefix + "source"
	metaPublished = metaPrefix + "published_at"
	metaCreated   = metaPrefix + "created_at"
	metaUpdated   = metaPrefix + "updated_at"
	metaStatus    = metaPrefix + "status"
	metaArrival   = metaPrefix + "arrival"
	metaDir       = metaPrefix + "dir"
	metaReasons   = metaPrefix + "reasons" // JSON
	metaUserAgent = metaPrefix + "user_agent"
)
