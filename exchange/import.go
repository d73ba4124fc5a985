package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"radd/moderation"
)

// batchSize is how many comments one transaction stores.
const batchSize = 500

// The ways in which a file itself is refused. They come inside a *BrokenError.
var (
	ErrDoctype  = errors.New("a document type declaration is not accepted")
	ErrTooLarge = errors.New("a single value is too large")
	ErrTooDeep  = errors.New("elements are nested too deeply")
)

// BrokenError says that the file cannot be read to its end. What stood before Line
// is stored; the mended file can be imported again and adds only the rest.
type BrokenError struct {
	Line int
	Err  error
}

func (e *BrokenError) Error() string {
	return "the file breaks off in line " + strconv.Itoa(e.Line) + ": " + e.Err.Error()
}

func (e *BrokenError) Unwrap() error { return e.Err }

// Sink is where an import stores: *db.Store.
type Sink interface {
	ImportArticle(ctx context.Context, a moderation.Article, dry bool) (stored moderation.Article, fresh bool, err error)
	ImportComments(ctx context.Context, comments []moderation.Comment, dry bool) (added int, err error)
}

// ImportOptions says how to read a file.
type ImportOptions struct {
	Format         Format         // empty: recognised by the first bytes
	DryRun         bool           // only count
	Now            time.Time      // for what carries no date at all
	Lang           string         // of articles whose letters do not tell
	SectionDefault string         // of articles without a category
	Anonymous      string         // name of comments without one
	Zone           *time.Location // of times that are given in local time only; nil is UTC

	// Progress, where set, is called now and then with the bytes read so far.
	Progress func(bytesRead int64)
}

// reader reads one kind of file. Another format is one more row in readers.
type reader struct {
	format Format
	// recognises tells by the beginning of the file, as UTF-8.
	recognises func(head string) bool
	read       func(ctx context.Context, in *input, job *importJob) error
}

func readers() []reader {
	return []reader{
		{format: WXR, recognises: looksLikeWXR, read: readWXR},
	}
}

// ImportFormats lists what Import reads.
func ImportFormats() []Format {
	var formats []Format
	for _, r := range readers() {
		formats = append(formats, r.format)
	}
	return formats
}

// Import reads a file into the sink. Importing it again adds nothing. The report
// holds what was taken also where an error is returned: ErrUnknownFormat,
// *BrokenError, or the sink's.
func Import(ctx context.Context, r io.Reader, sink Sink, opts ImportOptions) (Report, error) {
	job := &importJob{sink: sink, opts: opts}
	in, err := openInput(r, opts.Progress)
	if err != nil {
		return job.report, fmt.Errorf("read the beginning of the file: %w", err)
	}
	for _, reader := range readers() {
		if opts.Format == reader.format || opts.Format == "" && reader.recognises(in.head) {
			err = reader.read(ctx, in, job)
			in.progress()
			if err != nil {
				err = fmt.Errorf("import %s: %w", reader.format, err)
			}
			return job.report, err
		}
	}
	return job.report, fmt.Errorf("import: %w", ErrUnknownFormat)
}

// importJob is one import under way: what every reader needs.
type importJob struct {
	sink   Sink
	opts   ImportOptions
	report Report
}

// article stores an article and counts it.
func (j *importJob) article(ctx context.Context, a moderation.Article) (moderation.Article, error) {
	stored, fresh, err := j.sink.ImportArticle(ctx, a, j.opts.DryRun)
	if err != nil {
		return a, fmt.Errorf("store article %s: %w", a.ID, err)
	}
	j.report.Articles++
	if fresh {
		j.report.NewArticles++
	}
	return stored, nil
}

// comments stores a batch of comments and counts them.
func (j *importJob) comments(ctx context.Context, batch []moderation.Comment) error {
	if len(batch) == 0 {
		return nil
	}
	added, err := j.sink.ImportComments(ctx, batch, j.opts.DryRun)
	if err != nil {
		return fmt.Errorf("store %d comments: %w", len(batch), err)
	}
	j.report.Comments += len(batch)
	j.report.NewComments += added
	return nil
}
