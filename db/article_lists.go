package db

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"radd/moderation"
)

// ArticleKey is the place behind which a page of articles starts.
type ArticleKey struct {
	PublishedAt time.Time
	ID          moderation.ID
}

// ArticleFilter chooses articles, newest publication first.
type ArticleFilter struct {
	Section string     // empty for all
	Lang    string     // empty for all
	Drafts  bool       // unpublished ones too
	Query   string     // words that title, section or byline must hold, spelling folded
	After   ArticleKey // zero for the first page
	Limit   int
}

// Articles returns a page of articles without their bodies, and whether more follow.
func (s *Store) Articles(ctx context.Context, f ArticleFilter) (page []moderation.Article, more bool, err error) {
	where, a, possible := f.conditions()
	if !possible {
		return nil, false, nil
	}
	a["limit"] = oneMore(f.Limit)
	list, err := all(ctx, s.read, "list articles", `SELECT `+briefArticle+` FROM articles WHERE `+where+`
		ORDER BY published_at DESC, id DESC LIMIT @limit`, a, scanArticle)
	page, more = cutPage(list, f.Limit)
	return page, more, err
}

// conditions returns the filter as SQL; possible is false where nothing can match.
func (f ArticleFilter) conditions() (where string, a args, possible bool) {
	where, a = "(published_at, id) < (@at, @after)", args{"at": int64(math.MaxInt64), "after": lastID}
	if f.After.ID != 0 {
		a["at"], a["after"] = millis(f.After.PublishedAt), f.After.ID
	}
	if !f.Drafts {
		where += " AND published = 1"
	}
	if f.Section != "" {
		where += " AND section = @section"
		a["section"] = f.Section
	}
	if f.Lang != "" {
		where += " AND lang = @lang"
		a["lang"] = f.Lang
	}
	if f.Query == "" {
		return where, a, true
	}
	words := queryWords(f.Query)
	conditions := []string{where}
	for i, word := range words {
		name := "word" + strconv.Itoa(i)
		conditions = append(conditions, "folded LIKE @"+name)
		a[name] = "% " + word + "%" // a word that begins so: folded words hold no wildcards
	}
	return strings.Join(conditions, " AND "), a, len(words) > 0
}

// Sections returns the sections that have published articles in the language (empty
// for any), by name, at most limit.
func (s *Store) Sections(ctx context.Context, lang string, limit int) ([]string, error) {
	where, a := "published = 1 AND section > ''", args{"limit": max(limit, 1)}
	if lang != "" {
		where += " AND lang = @lang"
		a["lang"] = lang
	}
	return all(ctx, s.read, "list sections",
		`SELECT DISTINCT section FROM articles WHERE `+where+` ORDER BY section LIMIT @limit`, a, scanText)
}

// RelatedCandidates returns up to limit published articles in a's language without
// their bodies, the newest of a's section first, then the newest of all, without a.
// moderation.Related chooses among them. A large section leaves half of the places
// to the others.
func (s *Store) RelatedCandidates(ctx context.Context, a moderation.Article, limit int) ([]moderation.Article, error) {
	near, _, err := s.Articles(ctx, ArticleFilter{Section: a.Section, Lang: a.Lang, Limit: limit + 1})
	if err != nil {
		return nil, err
	}
	newest, _, err := s.Articles(ctx, ArticleFilter{Lang: a.Lang, Limit: limit + 1})
	if err != nil {
		return nil, err
	}
	half := min(len(near), (limit+1)/2)
	seen := map[moderation.ID]bool{a.ID: true}
	var list []moderation.Article
	for _, part := range [][]moderation.Article{near[:half], newest, near[half:]} {
		for _, candidate := range part {
			if !seen[candidate.ID] && len(list) < limit {
				seen[candidate.ID] = true
				list = append(list, candidate)
			}
		}
	}
	return list, nil
}
