package views

import (
	_ "embed" // for the articles
	"strings"
	"time"

	"radd/moderation"
	"radd/views/locale"
)

// pick returns the text for the printer's language.
func pick(p *locale.Printer, ar, en string) string {
	if p.Lang() == "ar" {
		return ar
	}
	return en
}

func readerBase(p *locale.Printer, title string) Base {
	return Base{
		Printer: p, SiteName: pick(p, "صحيفة المرفأ", "The Harbour Gazette"), Title: title, SwitchURL: "/?lang=" + pick(p,
			"en",
			"ar"),
		Sections: []Link{
			{URL: "/?section=1", Text: pick(p, "محليات", "Local"), Current: true},
			{URL: "/?section=2", Text: pick(p, "اقتصاد", "Business")},
			{URL: "/?section=3", Text: pick(p, "علوم", "Science")},
			{URL: "/?section=4", Text: pick(p, "ثقافة", "Culture")},
		},
	}
}

func readerArticles(p *locale.Printer) []moderation.Article {
	articles := []moderation.Article{
		{
			Title: pick(p,
				"المدينة تفتتح أول حديقة مائية على ضفة النهر بعد ثلاث سنوات من الترميم",
				"City opens its first water garden on the river bank after three years of repairs"),
			Summary: pick(p,
				"ممرات حجرية قديمة وأشجار أُعيد غرسها ومياه تُنقّى بالنباتات وحدها: الدخول مجاني طوال الشتاء.",
				"Old stone paths, replanted trees and water cleaned by plants alone: entry is free all winter."),
			Section: pick(p, "محليات", "Local"), Byline: pick(p, "هدى السالم", "Huda Salem"), Replies: 3,
		},
		{
			Title: pick(p,
				"خطة لزراعة ألف شجرة في الأحياء الجنوبية",
				"A plan for a thousand trees in the southern districts"),
			Summary: pick(p,
				"تبدأ البلدية بالشوارع التي لا ظلّ فيها.",
				"The city begins with the streets that have no shade."),
			Section: pick(p, "محليات", "Local"), Byline: pick(p, "سامر الحلو", "Samer Hilu"), Replies: 41,
		},
		{
			Title:   pick(p, "كيف عاد طائر الرفراف إلى النهر؟", "How did the kingfisher come back to the river?"),
			Section: pick(p, "علوم", "Science"), Byline: pick(p, "ليلى قاسم", "Layla Qasim"), Replies: 1,
		},
		{
			Title: pick(p, "أسعار الخبز تستقرّ للشهر الثالث", "Bread prices hold steady for a third month"),
			Summary: pick(p,
				"أصحاب الأفران يعزون ذلك إلى موسم قمح جيد وكلفة نقل أقل.",
				"Bakers put it down to a good wheat harvest and cheaper transport."),
			Section: pick(p, "اقتصاد", "Business"), Replies: 12,
		},
		{
			Title: pick(p,
				"مكتبة الحيّ تفتح أبوابها ليلًا في كانون الأول",
				"The neighbourhood library stays open at night in December"),
			Section: pick(p, "ثقافة", "Culture"), Byline: pick(p, "ريم ناصر", "Reem Nasser"),
		},
		{
			Title: pick(p,
				"Night buses: the map that everybody asked for",
				"الحافلات الليلية: الخريطة التي سأل عنها الجميع"),
			Summary: pick(p,
				"Four lines, every half hour, until three in the morning.",
				"أربعة خطوط، كل نصف ساعة، حتى الثالثة فجرًا."),
			Section: pick(p, "Local", "محليات"), Replies: 7, Lang: pick(p, "en", "ar"),
		},
		{
			Title: pick(p, "ميناء الصيادين: رصيف جديد وسوق مسقوف", "Fishing port: a new quay and a covered market"),
			Summary: pick(p,
				"يقول الصيادون إن المراكب الصغيرة ما زالت بلا مرسى آمن في العواصف.",
				"Fishermen say small boats still have no safe berth in a storm."),
			Section: pick(p, "اقتصاد", "Business"), Byline: pick(p, "وائل زين", "Wael Zein"), Replies: 103,
		},
		{
			Title: pick(p,
				"متحف العلوم يستعيد بندوله بعد عشرين عامًا",
				"The science museum has its pendulum back after twenty years"),
			Section: pick(p, "علوم", "Science"), Replies: 2,
		},
	}
	for i := range articles {
		a := &articles[i]
		if a.Lang == "" {
			a.Lang = p.Lang()
		}
		a.ID, a.Slug, a.Published = sampleID(int64(i+1)), "article-"+p.Num(i+1), true
		a.PublishedAt = sampleNow.Add(-time.Duration(i*i*i*5+2) * time.Hour)
	}
	return articles
}

var (
	//go:embed testdata/article.ar.md
	articleAr string
	//go:embed testdata/article.en.md
	articleEn string
	// articleText is an article in Markdown, by its language.
	articleText = map[string]string{"ar": articleAr, "en": articleEn}
)

func readerComment(n int64, name, body string, ago time.Duration) moderation.Comment {
	lang := moderation.LangOf(body)
	return moderation.Comment{
		ID: sampleID(n), Name: name, Body: body, Lang: lang, Dir: moderation.DirOf(body, moderation.RTL),
		Status: moderation.Approved, Version: 2, Email: "secret@example.com", CreatedAt: sampleNow.Add(-ago),
	}
}

// readerThreads are a thread as deep as threads go, an English one, and one whose
// words never end.
func readerThreads(p *locale.Printer) []ThreadView {
	first := readerComment(11, "سعاد العلي", "زرتها صباحًا مع أولادي، والممرات مريحة لعربات الأطفال. أتمنى إضافة مظلات.", 2*time.Hour)
	first.Website = "https://example.com/soad"
	second := readerComment(12, "مكتب المحليات", "نقلنا ملاحظتك إلى البلدية، وتقول إن المظلات تُركَّب الأسبوع المقبل.", time.Hour)
	third := readerComment(13, "نور", "هل تشمل المدخل الغربي أيضًا؟", 12*time.Minute)
	fourth := readerComment(14, "ناديا", "بالضبط.\n\nوهذا رابط الجدول: https://example.org/ar/ممرات?q=1 (محدَّث اليوم).", 3*time.Minute)
	english := readerComment(15, "Dana K.", "Lovely place. The 42 bus now stops right at the gate, by the way.", 35*time.Minute)
	endless := readerComment(16, strings.Repeat("ه", 60), strings.Repeat("طويل", 80), 0)

	deep := ThreadView{Printer: p, Comment: fourth, Depth: 3, ReplyURL: "?reply=14", AnswersURL: "#comment-13", AnswersName: "نور"}
	inner := ThreadView{Printer: p, Comment: third, Depth: 2, ReplyURL: "?reply=13", Replies: []ThreadView{deep}}
	under := ThreadView{Printer: p, Comment: second, Depth: 1, ReplyURL: "?reply=12", Replies: []ThreadView{inner}}
	return []ThreadView{
		{Printer: p, Comment: first, ReplyURL: "?reply=11", Replies: []ThreadView{under}},
		{Printer: p, Comment: english, ReplyURL: "?reply=15"},
		{Printer: p, Comment: endless, ReplyURL: "?reply=16"},
	}
}

func articlePage(p *locale.Printer) ArticlePage {
	articles := readerArticles(p)
	body, _ := Markdown(articleText[p.Lang()])
	return ArticlePage{
		Base: readerBase(p, articles[0].Title), Article: articles[0], Body: body, Minutes: 4, Related: articles[1:3],
		Threads: readerThreads(p), OldestURL: "/articles/article-1", NewestURL: "/articles/article-1?order=newest",
		FeedURL: "/articles/article-1/feed.atom",
		Form:    ReplyForm{Action: "/articles/article-1/replies", Stamp: "c3RhbXA", MaxBody: 5000, ReadFirst: true},
	}
}

// waitingPage shows a visitor's own replies: one that waits, one refused and one published.
func waitingPage(p *locale.Printer) ArticlePage {
	page := articlePage(p)
	page.NextURL, page.FirstURL, page.Newest, page.Private = "/articles/article-1?after=16", "/articles/article-1", true, true
	for n, status := range []moderation.Status{moderation.Pending, moderation.Rejected, moderation.Approved} {
		comment := readerComment(int64(21+n), "ليلى", ownText, 0)
		comment.Status = status
		page.Mine = append(page.Mine, MineView{Printer: p, Comment: comment, StatusURL: "/replies/token"})
	}
	return page
}

func wrongPage(p *locale.Printer) ArticlePage {
	page := articlePage(p)
	page.Form.Parent, page.Form.ParentName, page.Form.CancelURL = sampleID(15).String(), "Dana K.", "/articles/article-1"
	page.Form.Name.Value, page.Form.Remember = "ليلى", true
	page.Form.Email = Field{Value: "layla@example", Error: p.T("error_email_malformed")}
	page.Form.Website = Field{Value: "javascript:alert(1)", Error: p.T("error_website_malformed")}
	page.Form.Body = Field{Value: "\n<b>نص</b> & \"اقتباس\"", Error: p.N("error_body_long", 5000)}
	return page
}

// ownText is what the visitor of the sample pages wrote.
const ownText = "هل تُفتح الحديقة مساءً أيام الجمعة؟"

func statusPage(p *locale.Printer) StatusPage {
	comment := readerComment(31, "ليلى", ownText, time.Hour)
	comment.Status = moderation.Pending
	return StatusPage{
		Base: readerBase(p, p.T("status_title")), Article: readerArticles(p)[0], ArticleURL: "/articles/article-1",
		Comment: comment, Body: Field{Value: ownText}, MaxBody: 5000,
		ReviseURL: "/replies/token/revise", WithdrawURL: "/replies/token/withdraw",
	}
}

// readerSamples are the reader's pages: filled, in their special states, and empty.
func readerSamples(p *locale.Printer) []sample {
	local := pick(p, "محليات", "Local")
	section := FrontPage{Base: readerBase(p, local), Section: local, Articles: readerArticles(p), NextURL: "/?after=1"}
	closed := articlePage(p)
	closed.Closed, closed.Form.Error, closed.Form.Body.Value, closed.Threads = true, p.T("reply_closed"), "نص لم يُرسل", nil
	closed.Article.Lang, closed.Article.Replies = pick(p, "en", "ar"), 0
	tooFast := articlePage(p)
	tooFast.Form.Error = p.T("reply_too_fast", "Wait", p.Wait(75*time.Second))
	refused, published, withdrawn := statusPage(p), statusPage(p), statusPage(p)
	refused.Comment.Status, refused.Note = moderation.Rejected, "في الردّ رقم هاتف شخص آخر."
	refused.ReviseURL, refused.WithdrawURL = "", ""
	published.Comment.Status, published.CommentURL, published.ReviseURL = moderation.Approved, "/comments/31", ""
	withdrawn.Comment.Status, withdrawn.Withdrawn, withdrawn.ReviseURL, withdrawn.WithdrawURL = moderation.Rejected, true, "", ""
	late := statusPage(p)
	late.ReviseURL, late.Body = "", Field{Value: "كُتب متأخرًا", Error: p.T("status_changed")}
	message := MessagePage{
		Base: readerBase(p, p.T("page_not_found")), Heading: p.T("page_not_found"), Text: p.T("page_not_found_text"),
		Links: []Link{{URL: "/", Text: p.T("home")}},
	}
	message.Notice = &Notice{Text: p.T("notice_done"), Good: true}
	empty := Base{Printer: p}
	return []sample{
		{"front", FrontPage{Base: readerBase(p, ""), Articles: readerArticles(p), NextURL: "/?after=1"}},
		{"section", section},
		{"front-empty", FrontPage{Base: readerBase(p, "")}},
		{"front-zero", FrontPage{Base: empty}},
		{"article", articlePage(p)},
		{"article-waiting", waitingPage(p)},
		{"article-wrong", wrongPage(p)},
		{"article-closed", closed},
		{"article-too-fast", tooFast},
		{"article-zero", ArticlePage{Base: empty}},
		{"status", statusPage(p)},
		{"status-refused", refused},
		{"status-published", published},
		{"status-withdrawn", withdrawn},
		{"status-late", late},
		{"status-zero", StatusPage{Base: empty}},
		{"message", message},
		{"message-zero", MessagePage{Base: empty}},
		{"message-desk", MessagePage{Base: empty, Heading: p.T("page_forbidden"), Text: p.T("page_forbidden_text"), Desk: true}},
	}
}
