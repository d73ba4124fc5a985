package exchange

import (
	"encoding/json"

	"radd/moderation"
)

// milliseconds is how exact the store's times are.
const milliseconds = "2006-01-02T15:04:05.000Z07:00"

// jsonlVersion counts changes of the lines' meaning. A new field is no change.
const jsonlVersion = 1

// jsonHeader is the first line of a JSON Lines file.
type jsonHeader struct {
	Radd       string        `json:"radd"` // what the lines are: "comments"
	Version    int           `json:"version"`
	ExportedAt string        `json:"exported_at"`
	Generator  string        `json:"generator,omitempty"`
	Personal   bool          `json:"personal"`
	Selection  jsonSelection `json:"selection"`
}

type jsonSelection struct {
	Status  string `json:"status,omitempty"`
	Article string `json:"article,omitempty"`
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
}

// jsonComment is every other line. Ids are strings, because JavaScript's numbers
// do not hold them.
type jsonComment struct {
	ID           string              `json:"id"`
	Article      string              `json:"article"` // its slug
	ArticleID    string              `json:"article_id"`
	ArticleTitle string              `json:"article_title"`
	Parent       string              `json:"parent"`
	Root         string              `json:"root"`
	Status       string              `json:"status"`
	Arrival      string              `json:"arrival"`
	Version      int64               `json:"version"`
	Name         string              `json:"name"`
	Website      string              `json:"website"`
	Body         string              `json:"body"`
	Lang         string              `json:"lang"`
	Dir          string              `json:"dir"`
	CreatedAt    string              `json:"created_at"`
	UpdatedAt    string              `json:"updated_at"`
	Reasons      []moderation.Reason `json:"reasons"`
	Source       string              `json:"source"`
	*jsonPersonal
}

type jsonPersonal struct {
	Email     string `json:"email"`
	Address   string `json:"address"`
	UserAgent string `json:"user_agent"`
}

// jsonlWriter writes JSON Lines: nothing of a comment is lost, and the same
// comments give the same bytes after the first line.
type jsonlWriter struct {
	*exporter
	enc *json.Encoder
}

func newJSONL(e *exporter) *jsonlWriter {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	return &jsonlWriter{exporter: e, enc: enc}
}

func (w *jsonlWriter) begin() error {
	sel := w.opts.Selection
	return w.enc.Encode(jsonHeader{
		Radd: "comments", Version: jsonlVersion, ExportedAt: formatTime(w.opts.Now, milliseconds),
		Generator: w.opts.Generator, Personal: w.opts.Personal,
		Selection: jsonSelection{
			Status: string(sel.Status), Article: formatID(sel.ArticleID),
			From: formatTime(sel.From, milliseconds), To: formatTime(sel.To, milliseconds),
		},
	})
}

func (w *jsonlWriter) comment(c moderation.Comment, a moderation.Article) error {
	line := jsonComment{
		ID: c.ID.String(), Article: a.Slug, ArticleID: formatID(c.ArticleID), ArticleTitle: a.Title,
		Parent: formatID(c.ParentID), Root: formatID(c.RootID),
		Status: string(c.Status), Arrival: string(c.Arrival), Version: c.Version,
		Name: c.Name, Website: c.Website, Body: c.Body, Lang: c.Lang, Dir: string(c.Dir),
		CreatedAt: formatTime(c.CreatedAt, milliseconds), UpdatedAt: formatTime(c.UpdatedAt, milliseconds),
		Reasons: c.Reasons, Source: c.Source,
	}
	if line.Reasons == nil {
		line.Reasons = []moderation.Reason{}
	}
	if w.opts.Personal {
		line.jsonPersonal = &jsonPersonal{Email: c.Email, Address: c.Address, UserAgent: c.UserAgent}
	}
	return w.enc.Encode(line)
}

func (w *jsonlWriter) end() error { return nil }
