package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"radd/moderation"
)

// maxCommentText is WordPress's own limit of a comment's text, in bytes.
const maxCommentText = 65_535

// readComment reads the fields into the comment, whose keys are known, and tells
// why it is left out ("" where it is not).
func (it *wxrItem) readComment(c *fileComment, raw wxrFields) (reason string) {
	_, marked := raw.text[metaOurs]
	ours := it.ours && marked
	c.ArticleID, c.Version, c.Source = it.article.ID, 1, it.source+"#comment-"+c.key
	if ours {
		c.Body = clean(asText.Replace(raw.text["wp:comment_content"]))
	} else {
		c.Body = clean(htmlText(raw.text["wp:comment_content"]))
	}
	switch {
	case raw.over["wp:comment_content"], !ours && len(c.Body) > maxCommentText:
		return SkipLong
	case c.Body == "":
		return SkipEmpty
	}
	it.readAuthor(&c.Comment, raw, ours)
	it.readVerdict(&c.Comment, raw)
	if c.kept = ours && readOurs(&c.Comment, raw); !c.kept {
		c.ID = moderation.DerivedID(c.CreatedAt, "wxr "+c.Source)
	}
	return ""
}

// contentHash stands for the id of a comment without one.
func contentHash(raw wxrFields) string {
	content := []string{raw.get("wp:comment_date_gmt"), raw.get("wp:comment_author"), raw.get("wp:comment_content")}
	sum := sha256.Sum256([]byte(strings.Join(content, "\n")))
	return "x" + hex.EncodeToString(sum[:8])
}

// readAuthor reads who wrote it. Values that do not hold are dropped and noted.
func (it *wxrItem) readAuthor(c *moderation.Comment, raw wxrFields, ours bool) {
	name := raw.text["wp:comment_author"]
	if ours {
		c.Name = cleanLine(asText.Replace(name))
	} else {
		c.Name = plainLine(name)
	}
	var cut bool
	if c.Name, cut = cutRunes(c.Name, moderation.MaxName); cut {
		it.report.note(NoteNameCut, 1)
	}
	if c.Name == "" {
		c.Name = it.opts.Anonymous
		it.report.note(NoteNameMissing, 1)
	}
	if c.Email = cleanLine(raw.get("wp:comment_author_email")); len(c.Email) > moderation.MaxEmail {
		c.Email = ""
		it.report.note(NoteEmailDropped, 1)
	}
	c.Website = it.website(raw.get("wp:comment_author_url"))
	c.Address = it.address(raw.get("wp:comment_author_ip"))
}

func (it *wxrItem) website(raw string) string {
	line := cleanLine(raw)
	if line == "" || line == "http://" || line == "https://" { // what old forms held when nobody typed
		return ""
	}
	website, ok := moderation.Website(line)
	if !ok {
		it.report.note(NoteWebsiteDropped, 1)
		return ""
	}
	return website
}

func (it *wxrItem) address(raw string) string {
	if raw == "" {
		return ""
	}
	first, _, _ := strings.Cut(raw, ",") // some proxies left a list
	ip, err := netip.ParseAddr(strings.TrimSpace(first))
	if err != nil {
		it.report.note(NoteAddressDropped, 1)
		return ""
	}
	return ip.Unmap().WithZone("").String()
}

// readVerdict reads where the comment stands and when it was written.
func (it *wxrItem) readVerdict(c *moderation.Comment, raw wxrFields) {
	c.Status = approvedStatus(raw.get("wp:comment_approved"))
	c.Arrival = c.Status
	c.Lang = moderation.LangOf(c.Body)
	c.Dir = moderation.DirOf(c.Body, moderation.LangDir(it.article.Lang))
	at, ok := parseDate(raw.get("wp:comment_date_gmt"), time.UTC)
	if !ok {
		at, ok = parseDate(raw.get("wp:comment_date"), it.opts.Zone)
	}
	if !ok {
		at = it.article.PublishedAt
		it.report.note(NoteDateMissing, 1)
	}
	c.CreatedAt, c.UpdatedAt = at, at
}

func approvedStatus(approved string) moderation.Status {
	switch approved {
	case "1", "approve", "approved":
		return moderation.Approved
	case "spam":
		return moderation.Spam
	case "trash", "post-trashed":
		return moderation.Rejected
	}
	return moderation.Pending
}

// readOurs puts in what Radd wrote beside WXR's fields. It is not ok where the id
// is none of ours: then the comment is taken as anybody's.
func readOurs(c *moderation.Comment, raw wxrFields) (ok bool) {
	if c.ID, ok = moderation.ParseID(raw.get("wp:comment_id")); !ok {
		return false
	}
	c.Source = cleanLine(raw.text[metaSource])
	c.UserAgent = cleanLine(raw.text[metaUserAgent])
	c.Version = version(raw)
	if status, ok := moderation.ParseStatus(raw.get(metaStatus)); ok {
		c.Status, c.Arrival = status, status
	}
	if arrival, ok := moderation.ParseStatus(raw.get(metaArrival)); ok {
		c.Arrival = arrival
	}
	if at, ok := parseDate(raw.get(metaCreated), time.UTC); ok {
		c.CreatedAt, c.UpdatedAt = at, at
	}
	if at, ok := parseDate(raw.get(metaUpdated), time.UTC); ok {
		c.UpdatedAt = at
	}
	switch lang := raw.get(metaLang); lang {
	case "ar", "en", "":
		c.Lang = lang
	}
	switch dir := moderation.Dir(raw.get(metaDir)); dir {
	case moderation.RTL, moderation.LTR:
		c.Dir = dir
	}
	c.Reasons = readReasons(raw.text[metaReasons])
	return true
}

func version(raw wxrFields) int64 {
	n, err := strconv.ParseInt(raw.get(metaOurs), 10, 64)
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// readReasons reads the JSON list; one that is none counts as empty.
func readReasons(s string) []moderation.Reason {
	var reasons []moderation.Reason
	if json.Unmarshal([]byte(s), &reasons) != nil || len(reasons) == 0 {
		return nil
	}
	return reasons
}
