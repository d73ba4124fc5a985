package exchange

import (
	"strconv"
	"strings"
	"time"

	"radd/moderation"
)

// The columns of CSV and XLSX. Their names are part of the contract: stable,
// English, never translated.
var (
	publicColumns = []string{
		"id", "status", "article", "article_title", "article_url", "parent", "name", "website", "body", "lang",
		"created_at", "updated_at", "version", "reasons",
	}
	personalColumns = []string{"email", "address", "user_agent"}
)

// bodyColumn is the place of "body" among them.
const bodyColumn = 8

func columns(personal bool) []string {
	if personal {
		return append(append([]string(nil), publicColumns...), personalColumns...)
	}
	return publicColumns
}

// record returns the comment's cells, in the order of columns, in the memory of cells.
func (e *exporter) record(cells []string, c moderation.Comment, a moderation.Article) []string {
	cells = append(
		cells[:0],
		formatID(c.ID), string(c.Status), a.Slug, a.Title, e.articleURL(a), formatID(c.ParentID), c.Name, c.Website, c.Body, c.Lang,
		formatTime(c.CreatedAt, time.RFC3339), formatTime(c.UpdatedAt, time.RFC3339),
		strconv.FormatInt(c.Version, 10), reasonCodes(c.Reasons),
	)
	if e.opts.Personal {
		cells = append(cells, c.Email, c.Address, c.UserAgent)
	}
	return cells
}

// reasonCodes joins the codes with spaces.
func reasonCodes(reasons []moderation.Reason) string {
	codes := make([]string, len(reasons))
	for i := range reasons {
		codes[i] = reasons[i].Code
	}
	return strings.Join(codes, " ")
}
