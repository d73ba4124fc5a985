package exchange

// Report counts what an import took and what it did not. With DryRun it is what
// would be taken.
type Report struct {
	Articles, NewArticles int    // taken, and of these not there before
	Comments, NewComments int    // in the file, also those left out, and new ones
	Skipped               []Skip // what was left out and why, in the order of the file
	Notes                 []Note // what was taken with a change
}

// Skip is one reason for leaving something out.
type Skip struct {
	Reason   string // key of its text: one of the Skip… constants
	Count    int
	Examples []string // up to 5: id and title or kind, never a person's data
}

// Note is one kind of change, and how often it was made.
type Note struct {
	Key   string // key of its text: one of the Note… constants
	Count int
}

// Why an article or a comment was left out.
const (
	SkipPingback    = "skip_pingback"     // a pingback is no reader's comment
	SkipTrackback   = "skip_trackback"    // nor is a trackback
	SkipCommentType = "skip_comment_type" // nor another kind, such as a shop's order note
	SkipEmpty       = "skip_empty"        // nothing was left of the comment's text
	SkipLong        = "skip_long"         // the comment's text is longer than 65,535 bytes
	SkipDuplicate   = "skip_duplicate"    // the article has a comment of this id already
	SkipPostType    = "skip_post_type"    // attachment, menu entry, revision …
	SkipTrash       = "skip_trash"        // a deleted article without comments
	SkipBroken      = "skip_broken"       // the comment's own tags are damaged
)

// What was changed on the way.
const (
	NoteParentMissing  = "note_parent_missing"  // the comment answered stands nowhere: put at top level
	NoteDateMissing    = "note_date_missing"    // no usable date: the next best one was taken
	NoteBytesReplaced  = "note_bytes_replaced"  // bytes that are no text became U+FFFD
	NoteCharsRemoved   = "note_chars_removed"   // control characters that XML forbids were removed
	NoteMarkup         = "note_markup"          // broken markup was read as well as it could be
	NoteEncoding       = "note_encoding"        // the file names an unknown encoding: read as UTF-8
	NoteNameCut        = "note_name_cut"        // the author's name was shortened
	NoteNameMissing    = "note_name_missing"    // there was none: the anonymous name was taken
	NoteEmailDropped   = "note_email_dropped"   // too long for an e-mail address
	NoteWebsiteDropped = "note_website_dropped" // no http or https address
	NoteAddressDropped = "note_address_dropped" // no IP address
	NoteFieldCut       = "note_field_cut"       // a title, section, byline, summary or text was shortened
	NoteTitleMade      = "note_title_made"      // the article had no title: its first words were taken
	NoteTypeKept       = "note_type_kept"       // an attachment or the like has comments: taken as an article
	NoteProtected      = "note_protected"       // the article asks for a password: taken as unpublished
)

// maxExamples is how many examples a Skip holds.
const maxExamples = 5

func (r *Report) skip(reason, example string) {
	for i := range r.Skipped {
		s := &r.Skipped[i]
		if s.Reason != reason {
			continue
		}
		s.Count++
		if len(s.Examples) < maxExamples {
			s.Examples = append(s.Examples, example)
		}
		return
	}
	r.Skipped = append(r.Skipped, Skip{Reason: reason, Count: 1, Examples: []string{example}})
}

func (r *Report) note(key string, count int) {
	if count == 0 {
		return
	}
	for i := range r.Notes {
		if r.Notes[i].Key == key {
			r.Notes[i].Count += count
			return
		}
	}
	r.Notes = append(r.Notes, Note{Key: key, Count: count})
}
