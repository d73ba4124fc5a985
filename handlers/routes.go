package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"radd/moderation"
	"radd/static"
)

// The largest request bodies, in bytes.
const (
	replyBytes   = 128 << 10 // 20,000 Arabic letters, percent-encoded
	deskBytes    = 256 << 10 // 500 comments in a bulk decision
	articleBytes = 4 << 20
	importBytes  = 512 << 20
)

// routes is every door of the site, grouped by who comes, with the group's limits.
func (a *App) routes(e *echo.Echo) {
	a.publicRoutes(e)
	a.deskRoutes(e)
	a.adminRoutes(e)
}

// publicRoutes are for everybody.
func (a *App) publicRoutes(e *echo.Echo) {
	get(e, "/", a.front)
	get(e, "/articles/:slug", a.article)
	get(e, "/articles/:slug/feed.atom", a.articleFeed)
	get(e, "/feed.atom", a.siteFeed)
	get(e, "/comments/:id", a.comment)
	get(e, "/robots.txt", robots)
	get(e, "/healthz", a.healthz)
	get(e, "/readyz", a.readyz)
	get(e, "/static/*", echo.WrapHandler(static.Handler()))

	limit := bodyLimit(replyBytes)
	e.POST("/articles/:slug/replies", a.reply, limit)
	get(e, "/replies/:token", a.replyStatus)
	e.POST("/replies/:token/revise", a.reviseReply, limit)
	e.POST("/replies/:token/withdraw", a.withdrawReply, limit)

	get(e, "/login", a.loginForm)
	e.POST("/login", a.login, limit)
	e.POST("/logout", a.logout, limit)
}

// deskRoutes are for whoever is signed in.
func (a *App) deskRoutes(e *echo.Echo) {
	desk := e.Group("/moderation", a.guard(moderation.MayModerate), bodyLimit(deskBytes))
	get(desk, "", a.queue)
	get(desk, "/comments/:id", a.card)
	for _, action := range []moderation.Action{moderation.Approve, moderation.Reject, moderation.MarkSpam, moderation.Hold} {
		desk.POST("/comments/:id/"+string(action), a.decide(action))
	}
	desk.POST("/decisions", a.decideMany)
	desk.POST("/decisions/:id/undo", a.undo)

	account := e.Group("/account", a.guard(moderation.MayAccount), bodyLimit(replyBytes))
	get(account, "", a.account)
	account.POST("/password", a.changePassword)
	account.POST("/sessions/end", a.endOwnSessions)
}

// adminRoutes are for administrators; each group names its own permission.
func (a *App) adminRoutes(e *echo.Echo) {
	get(e.Group("/admin", a.guard(moderation.MayWrite)), "", redirectTo("/admin/articles"))

	articles := e.Group("/admin/articles", a.guard(moderation.MayWrite), bodyLimit(articleBytes))
	get(articles, "", a.articles)
	get(articles, "/new", a.newArticle)
	get(articles, "/:id", a.editArticle)
	articles.POST("", a.addArticle)
	articles.POST("/:id", a.saveArticle)

	users := e.Group("/admin/users", a.guard(moderation.MayPeople), bodyLimit(replyBytes))
	get(users, "", a.users)
	get(users, "/:id", a.user)
	users.POST("", a.addUser)
	users.POST("/:id", a.saveUserRole)
	users.POST("/:id/password", a.saveUserPassword)
	users.POST("/:id/disable", a.disableUser(true))
	users.POST("/:id/enable", a.disableUser(false))
	users.POST("/:id/sessions/end", a.endUserSessions)

	settings := e.Group("/admin/settings", a.guard(moderation.MaySettings), bodyLimit(replyBytes))
	get(settings, "", a.settings)
	settings.POST("", a.saveSettings)
	settings.POST("/mail", a.testMail)

	get(e.Group("/admin/export", a.guard(moderation.MayExport)), "", a.export)
	imports := e.Group("/admin/import", a.guard(moderation.MayImport), bodyLimit(importBytes))
	get(imports, "", a.importForm)
	imports.POST("", a.importFile)
	get(e.Group("/admin/log", a.guard(moderation.MayLog)), "", a.log)
}

type router interface {
	Add(method, path string, handler echo.HandlerFunc, middleware ...echo.MiddlewareFunc) *echo.Route
}

// get adds a door for GET and HEAD; net/http leaves the body of a HEAD answer out.
func get(r router, path string, handler echo.HandlerFunc) {
	r.Add(http.MethodGet, path, handler)
	r.Add(http.MethodHead, path, handler)
}

func redirectTo(path string) echo.HandlerFunc {
	return func(c echo.Context) error { return c.Redirect(http.StatusSeeOther, path) }
}
