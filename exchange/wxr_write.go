package exchange

import (
	"context"
	"fmt"
	"time"

	"radd/moderation"
)

// articlePage is how many whole articles one query brings.
const articlePage = 20

// wxr writes WordPress eXtended RSS: the comments stand inside their articles.
func (e *exporter) wxr(ctx context.Context) error {
	x := xmlWriter{w: e.out}
	e.wxrHead(x)
	if err := e.wxrArticles(ctx, x); err != nil {
		return err
	}
	x.raw("</channel>\n</rss>\n")
	return nil
}

func (e *exporter) wxrHead(x xmlWriter) {
	x.raw(`<?xml version="1.0" encoding="UTF-8" ?>` + "\n" + `<rss version="2.0"`)
	for _, ns := range [][2]string{
		{"excerpt", nsExcerpt}, {"content", nsContent}, {"wfw", nsComment}, {"dc", nsDublin}, {"wp", nsExport},
	} {
		x.raw("\n\txmlns:" + ns[0] + `="` + ns[1] + `"`)
	}
	x.raw(">\n<channel>\n")
	x.text("\t", "title", e.opts.SiteName)
	x.text("\t", "link", e.opts.BaseURL)
	x.text("\t", "description", "")
	x.text("\t", "pubDate", e.opts.Now.UTC().Format(time.RFC1123Z))
	x.text("\t", "language", e.opts.Lang)
	x.text("\t", "wp:wxr_version", "1.2")
	x.text("\t", "wp:base_site_url", e.opts.BaseURL)
	x.text("\t", "wp:base_blog_url", e.opts.BaseURL)
	x.text("\t", "generator", generatorName+" "+e.opts.Generator)
}

// wxrArticles writes the one article asked for, or all: without the ones that have
// no selected comment where anything was selected.
func (e *exporter) wxrArticles(ctx context.Context, x xmlWriter) error {
	all := e.opts.Selection == moderation.Selection{}
	if id := e.opts.Selection.ArticleID; id != 0 {
		a, err := e.src.ArticleByID(ctx, id)
		if err != nil {
			return fmt.Errorf("select article %s: %w", id, err)
		}
		return e.wxrArticle(ctx, x, a, false)
	}
	for after := moderation.ID(0); ; {
		page, err := e.src.SelectArticles(ctx, after, articlePage)
		if err != nil {
			return fmt.Errorf("select articles after %s: %w", after, err)
		}
		for i := range page {
			if err := e.wxrArticle(ctx, x, page[i], all); err != nil {
				return err
			}
		}
		if len(page) < articlePage {
			return nil
		}
		after = page[len(page)-1].ID
	}
}

// wxrArticle writes the article with its selected comments. Where always is false,
// one without them is left out.
func (e *exporter) wxrArticle(ctx context.Context, x xmlWriter, a moderation.Article, always bool) error {
	open := false
	start := func() error {
		open = true
		return e.wxrItem(x, a)
	}
	if always {
		if err := start(); err != nil {
			return err
		}
	}
	sel := e.opts.Selection
	sel.ArticleID = a.ID
	err := e.pages(ctx, sel, func(page []moderation.Comment) error {
		if !open {
			if err := start(); err != nil {
				return err
			}
		}
		for i := range page {
			if err := e.wxrComment(x, page[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if open && err == nil {
		x.raw("\t</item>\n")
	}
	return err
}
