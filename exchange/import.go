package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
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

	articles map[string]string   // source → number of the item that has it
	read     map[uint64]struct{} // hashes of the comments read so far
}

// readBefore reports whether the file told of this comment before, and remembers
// it: the same comment under another date would be stored twice, and a rehearsal
// would count it twice.
func (j *importJob) readBefore(c moderation.Comment) bool {
	key := c.Source
	if key == "" {
		key = c.ID.String()
	}
	sum := sha256.Sum256([]byte(key))
	hash := binary.LittleEndian.Uint64(sum[:8])
	if _, before := j.read[hash]; before {
		return true
	}
	if j.read == nil {
		j.read = make(map[uint64]struct{})
	}
	j.read[hash] = struct{}{}
	return false
}

// ownSource returns a source that no other item of the file has: two articles are
// two, even where a site gave them the same address. An item that comes twice keeps
// its source and is the same article.
func (j *importJob) ownSource(source, number string) string {
	if j.articles == nil {
		j.articles = make(map[string]string)
	}
	if other, taken := j.articles[source]; taken && other != number {
		source += "#" + number
	}
	j.articles[source] = number
	return source
}

// article stores an article and counts it.
func (j *importJob) article(ctx context.Context, a moderation.Article) (moderation.Article, error) {
	stored, fresh, err := j.sink.ImportArticle(ctx, a, j.opts.DryRun)
	if err != nil {
		return a, fmt.Errorf("store article %s: %w", a.ID, err)
	}
	j.report.Articles++
	if fresh && !j.again(a.ID) {
		j.report.NewArticles++
	}
	return stored, nil
}

// again reports whether the article came before in this file: a rehearsal stores
// nothing by which the sink could know.
func (j *importJob) again(id moderation.ID) bool {
	return j.readBefore(moderation.Comment{Source: "article " + id.String()})
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
	j.report.NewComments += added
	return nil
}
