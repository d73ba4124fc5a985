package db

import (
	"context"
	"database/sql"
	"errors"

	"radd/moderation"
)

// place is where a comment stands.
type place struct {
	id      moderation.ID // of the stored row, which may have come under another id
	article moderation.ID
	parent  moderation.ID
	root    moderation.ID
	stored  bool
}

// threads finds the place of each imported comment, whatever the order in which a
// file tells of comments and of answers to them.
type threads struct {
	batch  map[moderation.ID]moderation.Comment // what is imported now
	same   map[moderation.ID]moderation.ID      // ids of one source: the first stands for all
	places map[moderation.ID]place              // those found so far
}

func newThreads(comments []moderation.Comment) threads {
	t := threads{
		batch: make(map[moderation.ID]moderation.Comment, len(comments)),
		same:  map[moderation.ID]moderation.ID{}, places: map[moderation.ID]place{},
	}
	sources := map[string]moderation.ID{}
	for _, c := range comments {
		if first, ok := sources[c.Source]; ok && c.Source != "" {
			t.same[c.ID] = first
			continue
		}
		sources[c.Source] = c.ID
		t.batch[c.ID] = c
	}
	return t
}

// place returns where the comment with the id stands: what is stored says so, or
// else what is imported. It goes up to the first known place and then down again.
func (t threads) place(ctx context.Context, tx *sql.Tx, id moderation.ID) (place, error) {
	var above place
	var chain []moderation.Comment
	visited := map[moderation.ID]bool{}
	for id != 0 {
		if first, ok := t.same[id]; ok {
			id = first
		}
		if visited[id] {
			break // a circle
		}
		visited[id] = true
		c, imported := t.batch[id]
		c.ID = id
		found, err := t.known(ctx, tx, c)
		if err != nil {
			return place{}, err
		}
		if found.id != 0 {
			above = found
			break
		}
		if !imported {
			break // it leads nowhere
		}
		chain = append(chain, c)
		id = c.ParentID
	}
	for i := len(chain) - 1; i >= 0; i-- {
		above = below(chain[i], above)
		t.places[chain[i].ID] = above
	}
	return above, nil
}

// below returns the place of c as an answer to what stands above, or at top level
// where that is nothing, or another article's.
func below(c moderation.Comment, above place) place {
	own := place{id: c.ID, article: c.ArticleID, root: c.ID}
	if above.id != 0 && above.article == c.ArticleID {
		own.parent, own.root = above.id, above.root
	}
	return own
}

// known returns the place of c where it was found before or is stored; otherwise the
// place's id is 0.
func (t threads) known(ctx context.Context, tx *sql.Tx, c moderation.Comment) (place, error) {
	if found, ok := t.places[c.ID]; ok {
		return found, nil
	}
	found, err := one(ctx, tx, "look for comment", `
		SELECT id, article_id, COALESCE(parent_id, 0), root_id FROM comments WHERE id = @id
		UNION ALL
		SELECT id, article_id, COALESCE(parent_id, 0), root_id FROM comments WHERE source = @source`,
		args{"id": c.ID, "source": orNull(c.Source)}, func(row scanner) (place, error) {
			p := place{stored: true}
			err := row.Scan((*int64)(&p.id), (*int64)(&p.article), (*int64)(&p.parent), (*int64)(&p.root))
			return p, err
		})
	if errors.Is(err, moderation.ErrNotFound) {
		return place{}, nil
	}
	if err == nil {
		t.places[c.ID] = found
	}
	return found, err
}
