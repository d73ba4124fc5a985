// Command growth measures whether a request costs more because there are more
// comments: the same requests against a site with few and one with many comments,
// in one run, with the ratio beside them.
//
//	go run ./bench/growth                      # 1,000 and 100,000 comments
//	go run ./bench/growth -comments 1000,1000000 -json
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// figures are what one site's requests cost.
type figures struct {
	Comments  int             `json:"comments"`
	QueueMS   float64         `json:"queue_first_page_ms"`
	DeepPage  int             `json:"queue_deep_page"`
	DeepMS    float64         `json:"queue_deep_page_ms"`
	SearchMS  float64         `json:"queue_search_ms"`
	ArticleMS float64         `json:"article_200_replies_ms"`
	ReplyMS   float64         `json:"reply_ms"`
	DecideMS  float64         `json:"decide_ms"`
	Exports   []exportFigures `json:"exports"`
	IdleMiB   float64         `json:"idle_mib"`
	FileMiB   float64         `json:"file_mib"`
}

type exportFigures struct {
	Format    string  `json:"format"`
	Seconds   float64 `json:"seconds"`
	Bytes     int64   `json:"bytes"`
	PerSecond float64 `json:"comments_per_second"`
	AboveMiB  float64 `json:"resident_above_idle_mib"`
}

func main() {
	sizes := flag.String("comments", "1000,100000", "sizes to compare, separated by commas")
	rounds := flag.Int("rounds", 40, "requests of each kind; the median counts")
	asJSON := flag.Bool("json", false, "print the figures as JSON")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *sizes, *rounds, *asJSON); err != nil {
		slog.Error("measuring failed", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, sizes string, rounds int, asJSON bool) error {
	dir, err := os.MkdirTemp("", "radd-growth-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	var all []figures
	for _, text := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 1000 {
			return fmt.Errorf("-comments wants numbers from 1000, not %q", text)
		}
		slog.Info("filling", "comments", n)
		path := filepath.Join(dir, strconv.Itoa(n)+".db")
		if err := fill(ctx, path, n); err != nil {
			return fmt.Errorf("filling %d comments: %w", n, err)
		}
		slog.Info("measuring", "comments", n)
		f, err := measure(ctx, path, n, rounds)
		if err != nil {
			return fmt.Errorf("measuring %d comments: %w", n, err)
		}
		all = append(all, f)
	}
	if asJSON {
		return json.NewEncoder(w).Encode(all)
	}
	return table(w, all)
}

// table prints the figures side by side, with the ratio of the last to the first.
func table(w io.Writer, all []figures) error {
	var b strings.Builder
	first, last := all[0], all[len(all)-1]
	b.WriteString("| |")
	for _, f := range all {
		fmt.Fprintf(&b, " %d comments |", f.Comments)
	}
	b.WriteString(" ratio |\n| --- |" + strings.Repeat(" --- |", len(all)+1) + "\n")
	row := func(name string, value func(figures) float64, format string) {
		b.WriteString("| " + name + " |")
		for _, f := range all {
			fmt.Fprintf(&b, " "+format+" |", value(f))
		}
		fmt.Fprintf(&b, " %.2f |\n", value(last)/value(first))
	}
	row("queue, first page, ms", func(f figures) float64 { return f.QueueMS }, "%.2f")
	row(fmt.Sprintf("queue, page %d (of fewer: the last), ms", last.DeepPage), func(f figures) float64 { return f.DeepMS }, "%.2f")
	row("queue, search for a rare word, ms", func(f figures) float64 { return f.SearchMS }, "%.2f")
	row("article with 200 replies, ms", func(f figures) float64 { return f.ArticleMS }, "%.2f")
	row("a reply, fsync before the answer, ms", func(f figures) float64 { return f.ReplyMS }, "%.2f")
	row("a decision, ms", func(f figures) float64 { return f.DecideMS }, "%.2f")
	for i, e := range first.Exports {
		row("export "+e.Format+", µs a comment", func(f figures) float64 { return 1e6 / f.Exports[i].PerSecond }, "%.1f")
		row("export "+e.Format+", MiB resident above idle", func(f figures) float64 { return f.Exports[i].AboveMiB }, "%.1f")
	}
	row("resident when idle, MiB", func(f figures) float64 { return f.IdleMiB }, "%.1f")
	_, err := io.WriteString(w, b.String())
	return err
}

func median(times []time.Duration) float64 {
	for i := 1; i < len(times); i++ {
		for j := i; j > 0 && times[j] < times[j-1]; j-- {
			times[j], times[j-1] = times[j-1], times[j]
		}
	}
	return float64(times[len(times)/2].Microseconds()) / 1000
}
