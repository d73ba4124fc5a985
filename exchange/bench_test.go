package exchange

import (
	"context"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"radd/moderation"
)

// endless is a Source that makes up its comments, so that only the format costs
// memory.
type endless struct{ comments int }

func (s endless) SelectComments(
	_ context.Context, sel moderation.Selection, after moderation.ID, limit int,
) ([]moderation.Comment, error) {
	if sel.ArticleID > 1 {
		return nil, nil
	}
	var page []moderation.Comment
	for id := after + 1; len(page) < limit && int(id) <= s.comments; id++ {
		page = append(page, moderation.Comment{
			ID: id, ArticleID: 1, RootID: id, Status: moderation.Approved, Arrival: moderation.Pending, Version: 2,
			Name: "سلمى حداد", Email: "salma@example.com", Body: strings.Repeat("الجسر الجديد يفتح يوم الأحد. ", 12), Lang: "ar",
			Dir: moderation.RTL, Address: "192.0.2.7", UserAgent: "Mozilla/5.0 (X11; Linux x86_64)", CreatedAt: testNow, UpdatedAt: testNow,
		})
	}
	return page, nil
}

func (endless) article() moderation.Article {
	return moderation.Article{ID: 1, Slug: "الجسر", Title: "الجسر", Lang: "ar", Body: "نص", PublishedAt: testNow}
}

func (s endless) SelectArticles(_ context.Context, after moderation.ID, _ int) ([]moderation.Article, error) {
	if after > 0 {
		return nil, nil
	}
	return []moderation.Article{s.article()}, nil
}

func (s endless) ArticleByID(context.Context, moderation.ID) (moderation.Article, error) {
	return s.article(), nil
}

func (s endless) ArticlesByIDs(context.Context, []moderation.ID) (map[moderation.ID]moderation.Article, error) {
	return map[moderation.ID]moderation.Article{1: s.article()}, nil
}

// watchMemory samples what the program has from the system (its resident memory,
// more or less) until stop is called, which returns the rise of the peak in MiB.
func watchMemory() (stop func() float64) {
	runtime.GC()
	var start runtime.MemStats
	runtime.ReadMemStats(&start)
	var peak atomic.Uint64
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			peak.Store(max(peak.Load(), now.HeapInuse+now.StackInuse))
			select {
			case <-tick.C:
			case <-done:
				return
			}
		}
	}()
	return func() float64 {
		close(done)
		<-ended
		return (float64(peak.Load()) - float64(start.HeapInuse+start.StackInuse)) / (1 << 20)
	}
}

func BenchmarkExport(b *testing.B) {
	const comments = 100_000
	for _, format := range Formats() {
		b.Run(string(format), func(b *testing.B) {
			for b.Loop() {
				stop := watchMemory()
				n, err := Export(b.Context(), io.Discard, endless{comments}, testOptions(format))
				b.ReportMetric(stop(), "peak-MiB")
				if err != nil || n != comments {
					b.Fatal(n, err)
				}
			}
		})
	}
}

// forgetful is a Sink that keeps nothing.
type forgetful struct{}

func (forgetful) ImportArticle(_ context.Context, a moderation.Article, _ bool) (moderation.Article, bool, error) {
	return a, true, nil
}

func (forgetful) ImportComments(_ context.Context, comments []moderation.Comment, _ bool) (int, error) {
	return len(comments), nil
}

func BenchmarkImport(b *testing.B) {
	const comments = 100_000
	for b.Loop() {
		stop := watchMemory()
		r, w := io.Pipe()
		go func() {
			_, err := Export(b.Context(), w, endless{comments}, testOptions(WXR))
			w.CloseWithError(err)
		}()
		report, err := Import(b.Context(), r, forgetful{}, testImportOptions())
		b.ReportMetric(stop(), "peak-MiB")
		if err != nil || report.Comments != comments {
			b.Fatal(report, err)
		}
	}
}
