package db

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"radd/moderation"
)

// commentFields are the columns of the comment c as scanComment reads them.
const commentFields = `c.id, c.article_id, COALESCE(c.parent_id, 0), c.root_id, c.status, c.arrival, c.version,
	c.created_at, c.updated_at, c.lang, c.dir, c.name, c.email, c.website, c.address, c.user_agent, c.body,
	c.reasons, COALESCE(c.source, '')`

func scanComment(row scanner) (moderation.Comment, error) {
	var c moderation.Comment
	var created, updated int64
	var reasons string
	err := row.Scan((*int64)(&c.ID), (*int64)(&c.ArticleID), (*int64)(&c.ParentID), (*int64)(&c.RootID),
		(*string)(&c.Status), (*string)(&c.Arrival), &c.Version, &created, &updated, &c.Lang, (*string)(&c.Dir),
		&c.Name, &c.Email, &c.Website, &c.Address, &c.UserAgent, &c.Body, &reasons, &c.Source)
	if err != nil {
		return c, err
	}
	c.CreatedAt, c.UpdatedAt = moment(created), moment(updated)
	if reasons != "" {
		err = json.Unmarshal([]byte(reasons), &c.Reasons)
	}
	return c, err
}

// insertComment stores a comment; the keys may be empty.
func insertComment(ctx context.Context, r runner, v Reply) error {
	reasons, err := encodeReasons(v.Reasons)
	if err != nil {
		return err
	}
	c := v.Comment
	_, err = run(ctx, r, "add comment", `
		INSERT INTO comments (id, article_id, parent_id, root_id, status, arrival, version, created_at, updated_at,
			lang, dir, name, email, website, address, user_agent, body, reasons, source,
			name_key, email_key, submission_key, content_key, token_hash, folded)
		VALUES (@id, @article_id, @parent_id, @root_id, @status, @arrival, @version, @created_at, @updated_at,
			@lang, @dir, @name, @email, @website, @address, @user_agent, @body, @reasons, @source,
			@name_key, @email_key, @submission_key, @content_key, @token_hash, @folded)`, args{
		"id": c.ID, "article_id": c.ArticleID, "parent_id": orNullID(c.ParentID), "root_id": c.RootID,
		"status": c.Status, "arrival": c.Arrival, "version": c.Version,
		"created_at": millis(c.CreatedAt), "updated_at": millis(c.UpdatedAt), "lang": c.Lang, "dir": c.Dir,
		"name": c.Name, "email": c.Email, "website": c.Website, "address": c.Address, "user_agent": c.UserAgent,
		"body": c.Body, "reasons": reasons, "source": orNull(c.Source),
		"name_key": moderation.Fold(c.Name), "email_key": strings.ToLower(c.Email),
		"submission_key": orNull(v.SubmissionKey), "content_key": orNull(v.ContentKey),
		"token_hash": orNull(v.TokenHash), "folded": searchText(c.Name, c.Body),
	})
	return err
}

// encodeReasons writes the reasons as JSON, and none as the empty text.
func encodeReasons(reasons []moderation.Reason) (string, error) {
	if len(reasons) == 0 {
		return "", nil
	}
	text, err := json.Marshal(reasons)
	if err != nil {
		return "", fmt.Errorf("encode reasons: %w", err)
	}
	return string(text), nil
}

// commentBy returns the comment that the condition, which names a unique column,
// describes.
func commentBy(ctx context.Context, r runner, condition string, a args) (moderation.Comment, error) {
	return one(ctx, r, "read comment", `SELECT `+commentFields+` FROM comments c WHERE `+condition, a, scanComment)
}

// CommentByID returns the comment, or moderation.ErrNotFound.
func (s *Store) CommentByID(ctx context.Context, id moderation.ID) (moderation.Comment, error) {
	return commentBy(ctx, s.read, "c.id = @id", args{"id": id})
}

// CommentByToken returns the comment whose private link's token has the hash, or
// moderation.ErrNotFound.
func (s *Store) CommentByToken(ctx context.Context, tokenHash string) (moderation.Comment, error) {
	return commentBy(ctx, s.read, "c.token_hash = @hash", args{"hash": tokenHash})
}

// CommentsByIDs returns those comments that exist, in no particular order.
func (s *Store) CommentsByIDs(ctx context.Context, ids []moderation.ID) ([]moderation.Comment, error) {
	var found []moderation.Comment
	err := eachChunk(ids, func(a args, list string) error {
		part, err := all(ctx, s.read, "read comments",
			`SELECT `+commentFields+` FROM comments c WHERE c.id IN (`+list+`)`, a, scanComment)
		found = append(found, part...)
		return err
	})
	return found, err
}
