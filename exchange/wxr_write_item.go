package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"radd/moderation"
)

// wxrItem opens an item and writes all of the article. The end tag is the caller's.
func (e *exporter) wxrItem(x xmlWriter, a moderation.Article) error {
	var html bytes.Buffer
	if err := articleHTML.Convert([]byte(a.Body), &html); err != nil {
		return fmt.Errorf("render article %s: %w", a.ID, err)
	}
	x.raw("\t<item>\n")
	const in = "\t\t"
	x.cdata(in, "title", asHTML.Replace(a.Title))
	x.text(in, "link", e.articleURL(a))
	x.text(in, "pubDate", a.PublishedAt.UTC().Format(time.RFC1123Z))
	x.cdata(in, "dc:creator", asHTML.Replace(a.Byline))
	x.raw(in + `<guid isPermaLink="false">urn:radd:article:` + a.ID.String() + "</guid>\n")
	x.text(in, "description", "")
	x.cdata(in, "content:encoded", html.String())
	x.cdata(in, "excerpt:encoded", asHTML.Replace(a.Summary))
	x.text(in, "wp:post_id", a.ID.String())
	x.text(in, "wp:post_date", formatTime(a.PublishedAt, wxrTime))
	x.text(in, "wp:post_date_gmt", formatTime(a.PublishedAt, wxrTime))
	x.text(in, "wp:post_modified", formatTime(a.UpdatedAt, wxrTime))
	x.text(in, "wp:post_modified_gmt", formatTime(a.UpdatedAt, wxrTime))
	x.text(in, "wp:comment_status", either(a.Mode == moderation.ModeClosed, "closed", "open"))
	x.text(in, "wp:ping_status", "closed")
	x.text(in, "wp:post_name", strings.ToLower(url.PathEscape(a.Slug)))
	x.text(in, "wp:status", either(a.Published, "publish", "draft"))
	x.text(in, "wp:post_parent", "0")
	x.text(in, "wp:menu_order", "0")
	x.text(in, "wp:post_type", "post")
	x.text(in, "wp:post_password", "")
	x.text(in, "wp:is_sticky", "0")
	wxrCategory(x, a.Section)
	wxrItemMeta(x, a)
	return nil
}

func wxrCategory(x xmlWriter, section string) {
	if section == "" {
		return
	}
	nice := xmlEscaper.Replace(strings.ToLower(url.PathEscape(moderation.Slug(section))))
	x.raw("\t\t" + `<category domain="category" nicename="` + nice + `"><![CDATA[`)
	x.raw(strings.ReplaceAll(xmlChars(asHTML.Replace(section)), "]]>", "]]]]><![CDATA[>") + "]]></category>\n")
}

func wxrItemMeta(x xmlWriter, a moderation.Article) {
	for _, meta := range [][2]string{
		{metaOurs, strconv.FormatInt(a.Version, 10)},
		{metaBody, a.Body},
		{metaSummary, a.Summary},
		{metaSection, a.Section},
		{metaMode, string(a.Mode)},
		{metaLang, a.Lang},
		{metaSource, a.Source},
		{metaPublished, formatTime(a.PublishedAt, milliseconds)},
		{metaCreated, formatTime(a.CreatedAt, milliseconds)},
		{metaUpdated, formatTime(a.UpdatedAt, milliseconds)},
	} {
		if meta[1] != "" {
			x.meta("\t\t", "wp:postmeta", meta[0], meta[1])
		}
	}
}

// wxrComment writes one comment. Other programs read the content as HTML, so the
// plain text is escaped inside it.
func (e *exporter) wxrComment(x xmlWriter, c moderation.Comment) error {
	email, address := "", ""
	if e.opts.Personal {
		email, address = c.Email, c.Address
	}
	x.raw("\t\t<wp:comment>\n")
	const in = "\t\t\t"
	x.text(in, "wp:comment_id", c.ID.String())
	x.cdata(in, "wp:comment_author", asHTML.Replace(c.Name))
	x.text(in, "wp:comment_author_email", email)
	x.text(in, "wp:comment_author_url", c.Website)
	x.text(in, "wp:comment_author_IP", address)
	x.text(in, "wp:comment_date", formatTime(c.CreatedAt, wxrTime))
	x.text(in, "wp:comment_date_gmt", formatTime(c.CreatedAt, wxrTime))
	x.cdata(in, "wp:comment_content", asHTML.Replace(c.Body))
	x.text(in, "wp:comment_approved", wxrApproved(c.Status))
	x.text(in, "wp:comment_type", "comment")
	x.text(in, "wp:comment_parent", c.ParentID.String())
	x.text(in, "wp:comment_user_id", "0")
	if err := e.wxrCommentMeta(x, c); err != nil {
		return err
	}
	x.raw("\t\t</wp:comment>\n")
	return nil
}

func (e *exporter) wxrCommentMeta(x xmlWriter, c moderation.Comment) error {
	var reasons []byte
	if len(c.Reasons) > 0 {
		var err error
		if reasons, err = json.Marshal(c.Reasons); err != nil {
			return fmt.Errorf("reasons of comment %s: %w", c.ID, err)
		}
	}
	pairs := [][2]string{
		{metaOurs, strconv.FormatInt(c.Version, 10)},
		{metaStatus, string(c.Status)},
		{metaArrival, string(c.Arrival)},
		{metaCreated, formatTime(c.CreatedAt, milliseconds)},
		{metaUpdated, formatTime(c.UpdatedAt, milliseconds)},
		{metaLang, c.Lang},
		{metaDir, string(c.Dir)},
		{metaReasons, string(reasons)},
		{metaSource, c.Source},
	}
	if e.opts.Personal {
		pairs = append(pairs, [2]string{metaUserAgent, c.UserAgent})
	}
	for _, pair := range pairs {
		if pair[1] != "" {
			x.meta("\t\t\t", "wp:commentmeta", pair[0], pair[1])
		}
	}
	return nil
}

// wxrApproved is WordPress's word for the status.
func wxrApproved(status moderation.Status) string {
	switch status {
	case moderation.Approved:
		return "1"
	case moderation.Rejected:
		return "trash"
	case moderation.Spam:
		return "spam"
	default:
		return "0"
	}
}

func either(cond bool, yes, no string) string {
	if cond {
		return yes
	}
	return no
}
