package views

import (
	"strings"
	"time"

	"radd/moderation"
	"radd/views/locale"
)

func deskBase(p *locale.Printer, title, tab string) Base {
	return Base{
		Printer: p, SiteName: pick(p, "صحيفة المرفأ", "The Harbour Gazette"), Title: p.T(title),
		SwitchURL: "/moderation?lang=" + pick(p, "en", "ar"), Tab: tab, Private: true,
		Member: &moderation.Member{ID: sampleID(900), Name: pick(p, "ريم", "Reem"), Role: moderation.Admin},
		Counts: map[moderation.Status]int{moderation.Pending: 128},
	}
}

// deskComment is a comment for a card: who, what, and the words of it to be marked.
type deskComment struct {
	name, email, body string
	marks             []string
	reasons           []string
	chips             []Chip
	record            Record
	parent            string
	ago               time.Duration
}

func deskComments(p *locale.Printer) []deskComment {
	return []deskComment{
		{
			name: "أبو خالد", email: "abukhaled@example.com", ago: 47 * time.Minute, parent: "سعاد العلي",
			body: "الحديقة جميلة لكن من المسؤول عن هذا التأخير؟ كلـــب من يصدّق الوعود بعد اليوم، " +
				"وكل التفاصيل هنا: https://example.net/x اقرؤوها قبل أن تُحذف. وهنا https://example.org/ar ثم https://example.com/2",
			marks: []string{"كلـــب", "https://example.net/x"},
			reasons: []string{
				p.N("reason_links", 3), p.T("reason_hidden"),
			},
			chips:  []Chip{{p.N("chip_links", 3), "warn"}, {p.T("chip_hidden"), "warn"}},
			record: Record{Approved: 3, Rejected: 1, Last: sampleNow.Add(-9 * 24 * time.Hour)},
		},
		{
			name: "نورا", email: "nora@example.com", ago: 44 * time.Minute, chips: []Chip{{Text: p.T("chip_first")}},
			body: "شكرًا على المقال، هل الدخول مجاني للمجموعات المدرسية؟",
		},
		{
			name: "Dana K.", email: "dana@example.org", ago: 41 * time.Minute,
			body:  "Is there parking nearby? We come from the south side.",
			chips: []Chip{{p.N("chip_known", 12), "good"}}, record: Record{Approved: 12, Last: sampleNow.Add(-26 * time.Hour)},
		},
		{
			name: "متجر السعادة", email: "shop@example.net", ago: 39 * time.Minute,
			body:    "عروض حصرية لا تفوّت الفرصة تواصل معنا الآن عبر الموقع.",
			reasons: []string{p.T("reason_trap"), p.T("reason_fast")}, chips: []Chip{{p.T("chip_trap"), "bad"}, {
				p.T("chip_fast"),
				"warn",
			}},
			record: Record{Approved: 2, Rejected: 11, Spam: 100, Pending: 4, Last: sampleNow.Add(-5 * time.Minute)},
		},
		{
			name: "سامر ح.", email: "samer@example.com", ago: 36 * time.Minute, body: "أوافق سعاد، المظلات ضرورية قبل الصيف.",
			parent: "سعاد العلي",
		},
		{name: "هدى السّالم", ago: 31 * time.Minute, body: "أنا كاتبة المقال وأقول لكم:\n\nشكرًا.\n\nسأعود بتفاصيل المظلات."},
		{
			name: strings.Repeat("اسم طويل ", 11), email: "long.name.of.a.person@a-very-long-domain.example.com", ago: time.Hour,
			body: strings.Repeat("بلافواصل", 60),
		},
	}
}

func deskCard(p *locale.Printer, n int64, c deskComment, status moderation.Status) CardView {
	article := readerArticles(p)[0]
	var marks []moderation.Span
	for _, word := range c.marks {
		at := strings.Index(c.body, word)
		marks = append(marks, moderation.Span{Start: at, End: at + len(word)})
	}
	id := sampleID(100 + n)
	dir, lang := moderation.RTL, "ar"
	if c.name[0] < 0x80 {
		dir, lang = moderation.LTR, "en"
	}
	card := CardView{
		Printer: p, Article: article, ArticleURL: "/articles/" + article.Slug, Parts: Parts(c.body, marks), Excerpt: c.body,
		Comment: moderation.Comment{
			ID: id, Status: status, Arrival: moderation.Pending, Version: 1, Name: c.name, Email: c.email, Body: c.body, Dir: dir,
			Lang:      lang,
			CreatedAt: sampleNow.Add(-c.ago), Address: "192.0.2.7",
			UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
		},
		Reasons: c.reasons, Chips: c.chips, Record: c.record, CardURL: "/moderation/comments/" + id.String(),
		AuthorURL: "/moderation?status=all&author=" + c.email, Action: "/moderation/comments/" + id.String(),
		Return: "/moderation?status=pending",
	}
	if c.parent != "" {
		card.ParentName, card.ParentText = c.parent, "…أتمنى إضافة مظلات عند المدخل الشمالي."
	}
	if status == moderation.Approved {
		card.PublicURL = "/comments/" + id.String()
	}
	return card
}

func queuePage(p *locale.Printer, status moderation.Status, cards int) QueuePage {
	page := QueuePage{
		Base: deskBase(p, "queue_title_"+string(status), string(status)), Status: status,
		Return: "/moderation?status=" + string(status), MaxBulk: 500, NextURL: "/moderation?after=7",
	}
	all := deskComments(p)
	for i := range cards {
		page.Cards = append(page.Cards, deskCard(p, int64(i), all[i%len(all)], status))
	}
	return page
}

func deskSessions() []SessionView {
	return []SessionView{
		{
			UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", SeenAt: sampleNow,
			CreatedAt: sampleNow.Add(-time.Hour), Current: true,
		},
		{SeenAt: sampleNow.Add(-30 * time.Hour), CreatedAt: sampleNow.Add(-40 * time.Hour)},
	}
}

func deskJournal(p *locale.Printer) []JournalEntry {
	entry := func(n int64, action moderation.Action, note, previous string) JournalEntry {
		member := pick(p, "سلمى", "Salma")
		return JournalEntry{
			Printer: p, Text: p.T("journal_"+string(action), "Member", member),
			Decision: moderation.Decision{
				ID: sampleID(n), Action: action, Member: member, Note: note, Previous: previous,
				At: sampleNow.Add(-time.Duration(300-n) * time.Minute),
			},
			CommentURL: "/moderation/comments/1", AuthorName: "أبو خالد", ArticleTitle: readerArticles(p)[0].Title,
		}
	}
	entries := []JournalEntry{
		entry(200, moderation.Revise, "", "الحديقة جميلة لكن من المسؤول؟"), entry(210, moderation.Approve, "", ""),
		entry(220, moderation.UndoIt, "", ""), entry(230, moderation.Hold, "", ""), entry(240, moderation.MarkSpam, "", ""),
		entry(250, moderation.Withdraw, "", ""), entry(290, moderation.Reject, pick(p, "نرحّب بالنقد من غير إهانة أحد.",
			"Criticism is welcome, insults are not."), ""),
	}
	entries[len(entries)-1].UndoURL = "/moderation/decisions/7/undo"
	return entries
}

func moderatorSamples(p *locale.Printer) []sample {
	comments := deskComments(p)
	around := moderation.Comment{
		ID: sampleID(50), Name: "سعاد العلي", Body: "زرتها صباحًا مع أولادي.\nأتمنى إضافة مظلات.",
		Dir: moderation.RTL, Lang: "ar", Status: moderation.Approved,
	}
	later := around
	later.ID = sampleID(51)
	searched := queuePage(p, moderation.Approved, 2)
	searched.Query, searched.Author, searched.Article, searched.ArticleTitle = "مظلات", "nora@example.com", "article-1",
		readerArticles(p)[0].Title
	searched.ClearURL, searched.FirstURL = "/moderation?status=approved", "/moderation?q=1"
	searched.Notice = &Notice{Text: p.N("notice_bulk_reject", 3), Good: true, UndoID: "77"}
	everywhere := queuePage(p, moderation.Pending, 1)
	everywhere.Status, everywhere.Tab = "", "all"
	empty := queuePage(p, moderation.Pending, 0)
	empty.NextURL, empty.Counts = "", nil
	busy := queuePage(p, moderation.Pending, 50)
	busy.Counts = map[moderation.Status]int{moderation.Pending: 1000}
	busy.Member = &moderation.Member{Name: "Reem", Role: moderation.Moderator}
	decided := deskCard(p, 0, comments[0], moderation.Rejected)
	base := deskBase(p, "conflict_title", "pending")
	return []sample{
		{"login", LoginPage{
			Base: Base{Printer: p, SiteName: "Radd", Title: p.T("login_title"), SwitchURL: "/login?lang=en"},
			Next: "/moderation",
		}},
		{"login-wrong", LoginPage{
			Base: Base{Printer: p, SiteName: "Radd", Title: p.T("login_title")}, Username: "reem",
			Error: p.T("login_wrong"),
		}},
		{"queue", queuePage(p, moderation.Pending, 7)},
		{"queue-full", busy},
		{"queue-spam", queuePage(p, moderation.Spam, 1)},
		{"queue-searched", searched},
		{"queue-all", everywhere},
		{"queue-empty", empty},
		{"card", CardPage{
			Base: deskBase(p, "card_title", "rejected"), Card: decided,
			Before: []moderation.Comment{around}, After: []moderation.Comment{later}, Journal: deskJournal(p),
		}},
		{"conflict", ConflictPage{
			Base: base, BackURL: "/moderation",
			Conflicts: []ConflictView{{p.T("conflict_reject", "Member", "سلمى", "Ago", p.Ago(sampleNow.Add(-time.Minute))), decided}},
		}},
		{"conflict-bulk", ConflictPage{
			Base: base, BackURL: "/moderation", Done: 11, UndoID: "7",
			Conflicts: []ConflictView{
				{p.T("conflict_approve", "Member", "سلمى", "Ago", p.Ago(sampleNow.Add(-time.Minute))), deskCard(p, 1, comments[1],
					moderation.Approved)},
				{p.T("conflict_revise", "Member", "", "Ago", p.Ago(sampleNow)), deskCard(p, 2, comments[2], moderation.Pending)},
			},
		}},
		{"account", AccountPage{Base: deskBase(p, "title_account", "account"), Sessions: deskSessions()}},
		{"account-wrong", AccountPage{
			Base: deskBase(p, "title_account", "account"), Current: Field{Error: p.T("login_wrong")},
			New: Field{Error: p.T("login_wrong")},
		}},
		{"desk-message", MessagePage{
			Base: deskBase(p, "title_log", ""), Heading: p.T("queue_refused", "Name", "نورا"),
			Text: p.T("queue_login"), Desk: true,
		}},
	}
}

func adminSamples(p *locale.Printer) []sample {
	articles := readerArticles(p)
	articles[1].Published = false
	articles[2].Mode, articles[3].Mode, articles[4].Mode = moderation.ModeClosed, moderation.ModeAfter, moderation.ModeBefore
	members := []moderation.Member{
		{ID: sampleID(1), Name: "ريم", Role: moderation.Admin, SeenAt: sampleNow.Add(-time.Minute)},
		{ID: sampleID(2), Name: "سلمى", Role: moderation.Moderator},
		{ID: sampleID(3), Name: "Wael", Role: moderation.Moderator, Disabled: true, SeenAt: sampleNow.Add(-900 * time.Hour)},
	}
	wrong := func(value string) Field { return Field{Value: value, Error: p.T("login_wrong")} }
	edit := ArticleEditPage{
		Base: deskBase(p, "title_article_edit", "articles"), Action: "/admin/articles/5", ViewURL: "/articles/article-1", Version: 3,
		ArticleTitle: Field{Value: articles[0].Title}, Slug: Field{Value: articles[0].Slug}, Lang: Field{Value: p.Lang()},
		Section: Field{Value: articles[0].Section},
		Summary: Field{Value: articles[0].Summary}, Byline: Field{Value: articles[0].Byline},
		Body:        Field{Value: "## 1\n\n" + articles[0].Summary},
		PublishedAt: Field{Value: "2026-11-22T09:30"}, Published: true, Mode: "after", Sections: []string{"محليات", "اقتصاد"},
	}
	fresh := ArticleEditPage{
		Base: deskBase(p, "title_article_new", "articles"), New: true, Action: "/admin/articles",
		Error: p.T("queue_login"), ArticleTitle: wrong(""), Slug: wrong("a b"), Body: wrong(""),
	}
	report := &ImportReport{
		DryRun: true, Articles: 12, NewArticles: 10, Comments: 1840, NewComments: 1833, Error: p.T("queue_login"),
		Skipped: []SkipView{
			{p.T("skip_pingback"), 5, []string{"https://example.com/a", "https://example.com/b"}},
			{p.T("note_name_cut"), 2, []string{"item 77"}},
		},
	}
	done := *report
	done.DryRun, done.Skipped, done.Error = false, nil, ""
	settings := SettingsPage{
		Base: deskBase(p, "title_settings", "settings"), SiteNameAr: Field{Value: "صحيفة المرفأ"}, SiteNameEn: wrong(""),
		Months: Field{Value: "levant"},
		Digits: Field{Value: "latn"}, Mode: Field{Value: "before"}, CloseDays: Field{Value: "30"}, MaxLinks: wrong("-2"),
		MaxLength: Field{Value: "5000"}, TimeZone: Field{Value: "Asia/Amman"},
	}
	settings.Notice = &Notice{Text: p.T("done_settings_changed"), Good: true}
	mail := settings
	mail.MailOn, mail.Notice = true, &Notice{Text: p.T("queue_login")}
	var events []EventView
	for _, kind := range []string{
		"sign_in", "sign_in_failed", "export", "import", "member_added", "member_changed", "password_changed", "settings_changed",
		"article_added", "article_changed",
	} {
		events = append(events, EventView{At: sampleNow, Member: members[0].Name, Text: p.T("event_"+kind, "Detail",
			"format=csv status=approved")})
	}
	return []sample{
		{"articles", ArticlesPage{Base: deskBase(p, "title_articles", "articles"), Articles: articles, NextURL: "?after=1"}},
		{"articles-none", ArticlesPage{Base: deskBase(p, "title_articles", "articles"), Query: "ممر"}},
		{"articles-empty", ArticlesPage{Base: deskBase(p, "title_articles", "articles")}},
		{"article-edit", edit},
		{"article-new", fresh},
		{"users", UsersPage{
			Base: deskBase(p, "title_users", "users"), Members: members, Name: wrong("ريم"),
			Role: Field{Value: "moderator"},
		}},
		{"user", UserPage{
			Base: deskBase(p, "title_user", "users"), Who: members[1], Role: Field{Value: "moderator"},
			Sessions: deskSessions(),
		}},
		{"user-self", UserPage{Base: deskBase(p, "title_user", "users"), Who: members[0], Self: true, Role: wrong("admin")}},
		{"user-disabled", UserPage{Base: deskBase(p, "title_user", "users"), Who: members[2]}},
		{"export", ExportPage{Base: deskBase(p, "title_export", "export"), Format: "csv", Article: wrong("no-such"), Personal: true}},
		{"import", ImportPage{Base: deskBase(p, "title_import", "import"), Report: report}},
		{"import-done", ImportPage{Base: deskBase(p, "title_import", "import"), Report: &done, Error: p.T("queue_login")}},
		{"settings", settings},
		{"settings-mail", mail},
		{"log", LogPage{Base: deskBase(p, "title_log", "log"), Entries: deskJournal(p), NextURL: "?after=1"}},
		{"log-acts", LogPage{Base: deskBase(p, "title_log", "log"), Events: events, Acts: true}},
		{"log-empty", LogPage{Base: deskBase(p, "title_log", "log")}},
		{"log-acts-empty", LogPage{Base: deskBase(p, "title_log", "log"), Acts: true}},
	}
}

// deskSamples are the pages of moderators and administrators.
func deskSamples(p *locale.Printer) []sample { return append(moderatorSamples(p), adminSamples(p)...) }
