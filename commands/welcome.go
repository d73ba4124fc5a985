package commands

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"

	"radd/auth"
	"radd/db"
	"radd/moderation"
)

// The welcome articles: for each language a Markdown text, and beside it a JSON
// file with the rest and with one reader's comment.
//
//go:embed welcome/*.md welcome/*.json
var welcomeFiles embed.FS

type welcome struct {
	Slug, Section, Title, Summary, Byline string
	Comment                               struct{ Name, Email, Body string }
}

// addWelcome fills a new database with one article in each language and a held
// comment on it, so that the first look at the site and at the queue shows how both
// work. A database that has articles is left alone.
func addWelcome(ctx context.Context, store *db.Store) error {
	page, _, err := store.Articles(ctx, db.ArticleFilter{Drafts: true, Limit: 1})
	if err != nil {
		return fmt.Errorf("look for articles: %w", err)
	}
	if len(page) > 0 {
		return nil
	}
	for _, lang := range []string{"en", "ar"} { // the Arabic one is the newest
		if err := addWelcomeIn(ctx, store, lang); err != nil {
			return fmt.Errorf("add the welcome article in %q: %w", lang, err)
		}
	}
	return nil
}

func addWelcomeIn(ctx context.Context, store *db.Store, lang string) error {
	var w welcome
	meta, err := welcomeFiles.ReadFile("welcome/" + lang + ".json")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(meta, &w); err != nil {
		return err
	}
	body, err := welcomeFiles.ReadFile("welcome/" + lang + ".md")
	if err != nil {
		return err
	}
	at, ids := now(), new(moderation.IDs)
	article := moderation.Article{
		ID: ids.New(at), Slug: w.Slug, Lang: lang, Section: w.Section, Title: w.Title, Summary: w.Summary, Byline: w.Byline,
		Body: string(body), Published: true, PublishedAt: at, CreatedAt: at, UpdatedAt: at, Version: 1,
	}
	if err := store.AddArticle(ctx, article); err != nil {
		return err
	}
	reply, err := w.reply(article, ids.New(at))
	if err != nil {
		return err
	}
	_, _, err = store.AddReply(ctx, reply)
	return err
}

// reply takes the comment through the same door as a reader's.
func (w welcome) reply(article moderation.Article, id moderation.ID) (db.Reply, error) {
	set := moderation.DefaultSettings()
	draft := moderation.Draft{Name: w.Comment.Name, Email: w.Comment.Email, Body: w.Comment.Body}
	draft, _, problems := draft.Check(set.MaxLength)
	if len(problems) > 0 {
		return db.Reply{}, errors.Join(errors.New("the comment"), problems)
	}
	c := moderation.Comment{
		ID: id, ArticleID: article.ID, RootID: id, Name: draft.Name, Email: draft.Email, Body: draft.Body,
		Lang: moderation.LangOf(draft.Body), Dir: moderation.DirOf(draft.Body, article.Dir()),
		Version: 1, CreatedAt: article.CreatedAt, UpdatedAt: article.CreatedAt,
	}
	verdict := moderation.Screen(c, moderation.Signals{}, moderation.ModeBefore, set)
	c.Status, c.Arrival, c.Reasons = verdict.Status, verdict.Status, verdict.Reasons
	return db.Reply{Comment: c, ContentKey: moderation.ContentKey(c), TokenHash: auth.HashToken(auth.NewToken())}, nil
}
