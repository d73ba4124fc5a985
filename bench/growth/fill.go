package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"radd/auth"
	"radd/db"
	"radd/moderation"
)

const (
	hotReplies = 200
	password   = "growth measurement passphrase"
	hotSlug    = "hot"
)

// The parts of invented comments, about 280 characters each.
var (
	wordsAr = strings.Fields("الحديقة النهر صباح جميل المدخل الشمالي مظلات الأطفال البلدية أشجار الممرات سؤال موعد " +
		"الافتتاح شكرا المقال مفيد رأيي مختلف أرجو توضيح السعر الحافلة محطة قريبة الزوار مساء عطلة")
	wordsEn = strings.Fields("garden river morning lovely entrance north shade children council trees paths question " +
		"opening thanks article useful disagree please explain price bus stop visitors evening weekend")
)

// fill makes a site of n comments: one article with 200 approved replies, the rest
// spread over n/200 articles, three in ten of them waiting.
func fill(ctx context.Context, path string, n int) error {
	store, err := db.Open(ctx, path)
	if err != nil {
		return err
	}
	defer store.Close()
	random := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // G404: the same site in every run
	began := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	articles, err := addArticles(ctx, store, began, n/hotReplies+1)
	if err != nil {
		return err
	}
	batch := make([]moderation.Comment, 0, 5000)
	for i := range n {
		article := articles[0]
		if i >= hotReplies {
			article = articles[1+random.IntN(len(articles)-1)]
		}
		batch = append(batch, invented(random, article, began.Add(time.Duration(i)*time.Second), i))
		if len(batch) == cap(batch) || i == n-1 {
			if _, err := store.ImportComments(ctx, batch, false); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return addModerator(ctx, store, began)
}

func addArticles(ctx context.Context, store *db.Store, at time.Time, n int) ([]moderation.Article, error) {
	var articles []moderation.Article
	for i := range n {
		article := moderation.Article{
			ID: moderation.DerivedID(at.Add(time.Duration(i)*time.Minute), fmt.Sprint("article ", i)), Slug: fmt.Sprint("article-", i),
			Lang: "ar", Section: "محليات", Title: fmt.Sprint("مقال رقم ", i), Body: strings.Join(wordsAr, " "), Byline: "هدى السالم",
			Published: true, PublishedAt: at.Add(time.Duration(i) * time.Minute), CreatedAt: at, UpdatedAt: at, Version: 1,
		}
		if i == 0 {
			article.Slug = hotSlug
		}
		if err := store.AddArticle(ctx, article); err != nil {
			return nil, err
		}
		articles = append(articles, article)
	}
	return articles, nil
}

func invented(random *rand.Rand, article moderation.Article, at time.Time, i int) moderation.Comment {
	status := moderation.Approved
	if i >= hotReplies {
		status = []moderation.Status{
			moderation.Pending, moderation.Pending, moderation.Pending, moderation.Approved, moderation.Approved,
			moderation.Approved, moderation.Approved, moderation.Approved, moderation.Rejected, moderation.Spam,
		}[i%10]
	}
	words, dir, lang := wordsAr, moderation.RTL, "ar"
	if i%3 == 0 {
		words, dir, lang = wordsEn, moderation.LTR, "en"
	}
	var body strings.Builder
	for body.Len() < 280 {
		body.WriteString(words[random.IntN(len(words))] + " ")
	}
	if i == 777 {
		body.WriteString("hippocampus")
	}
	id := moderation.DerivedID(at, fmt.Sprint("comment ", i))
	author := random.IntN(20000)
	return moderation.Comment{
		ID: id, ArticleID: article.ID, RootID: id, Status: status, Arrival: status, Version: 1,
		Name: fmt.Sprint("قارئ ", author), Email: fmt.Sprintf("reader%d@example.org", author), Body: strings.TrimSpace(body.String()),
		Lang: lang, Dir: dir, Address: "192.0.2.1", UserAgent: "Mozilla/5.0", CreatedAt: at, UpdatedAt: at,
		Source: fmt.Sprint("invented ", i),
	}
}

func addModerator(ctx context.Context, store *db.Store, at time.Time) error {
	hash, err := auth.HashPassword(ctx, password)
	if err != nil {
		return err
	}
	return store.AddMember(ctx, moderation.Member{
		ID: moderation.DerivedID(at, "member"), Name: "admin", Role: moderation.Admin, PasswordHash: hash, CreatedAt: at,
	})
}
