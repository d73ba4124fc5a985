package handlers

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"radd/auth"
	"radd/moderation"
	"radd/views"
)

const (
	authorCookie  = "radd_author"
	repliesCookie = "radd_replies"
	repliesKept   = 10
	repliesMaxAge = 30 * 24 * 3600
	tokenLength   = 43
)

// remembered is what a reader asked this browser to remember.
type remembered struct {
	Name    string `json:"n"`
	Email   string `json:"e"`
	Website string `json:"w"`
}

// remember keeps name, e-mail and website in the reader's browser where the box was
// ticked, and forgets them where it was not.
func (a *App) remember(c echo.Context, values url.Values, draft moderation.Draft) {
	if values.Get("remember") == "" {
		if cookieValue(c, authorCookie) != "" {
			a.setCookie(c, authorCookie, "", -1)
		}
		return
	}
	b, err := json.Marshal(remembered{draft.Name, draft.Email, draft.Website})
	if err != nil {
		return // three strings always marshal
	}
	a.setCookie(c, authorCookie, base64.RawURLEncoding.EncodeToString(b), yearSeconds)
}

func rememberedAuthor(c echo.Context) remembered {
	var author remembered
	b, err := base64.RawURLEncoding.DecodeString(cookieValue(c, authorCookie))
	if err != nil || json.Unmarshal(b, &author) != nil {
		return remembered{}
	}
	return author
}

// rememberReply lets the browser find the reader's own waiting replies again. The
// cookie holds only the tokens of their private links, the last ten.
func (a *App) rememberReply(c echo.Context, token string) {
	tokens := slices.DeleteFunc(replyTokens(c), func(t string) bool { return t == token })
	tokens = append([]string{token}, tokens...)
	a.setCookie(c, repliesCookie, strings.Join(tokens[:min(len(tokens), repliesKept)], "."), repliesMaxAge)
}

func replyTokens(c echo.Context) []string {
	var tokens []string
	for _, token := range strings.Split(cookieValue(c, repliesCookie), ".") {
		if len(token) == tokenLength && len(tokens) < repliesKept {
			tokens = append(tokens, token)
		}
	}
	return tokens
}

// ownReplies returns the visitor's replies to the article that others do not see, or
// that were decided just now, oldest first.
func (a *App) ownReplies(c echo.Context, article moderation.Article) ([]views.MineView, error) {
	tokens := replyTokens(c)
	if mine := c.QueryParam("mine"); mine != "" && !slices.Contains(tokens, mine) {
		tokens = append(tokens, mine)
	}
	var own []views.MineView
	for _, token := range tokens {
		comment, err := a.store.CommentByToken(c.Request().Context(), auth.HashToken(token))
		if errors.Is(err, moderation.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		comment.Status = comment.Told()
		if comment.ArticleID != article.ID {
			continue
		}
		tell, err := a.worthTelling(c, comment)
		if err != nil {
			return nil, err
		}
		if tell {
			own = append(own, views.MineView{Printer: a.printer(c), Comment: comment, StatusURL: "/replies/" + token})
		}
	}
	slices.SortFunc(own, func(x, y views.MineView) int { return int(x.Comment.ID - y.Comment.ID) })
	return own, nil
}

// newsAge is how long the article's page tells an author what was decided.
const newsAge = 24 * time.Hour

// worthTelling reports whether the author's own reply is shown on the article's page:
// while it waits, and for a day after the desk published or refused it.
func (a *App) worthTelling(c echo.Context, told moderation.Comment) (bool, error) {
	if told.Status == moderation.Pending {
		return true, nil
	}
	if told.Version == 1 || a.now().Sub(told.UpdatedAt) > newsAge {
		return false, nil
	}
	latest, err := a.store.LatestDecisions(c.Request().Context(), []moderation.ID{told.ID})
	return latest[told.ID].Action != moderation.Withdraw, err
}
