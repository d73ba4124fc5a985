package moderation

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Related returns up to n of the candidates that have most to do with a: the same
// section and shared rare words of title and summary weigh, then the newest wins.
// One that shares neither section nor a word is not returned, nor is a itself.
func Related(a Article, candidates []Article, n int) []Article {
	type match struct {
		article Article
		score   float64
	}
	var matches []match
	scores := relatedScores(a, candidates)
	for i, candidate := range candidates {
		if scores[i] > 0 && candidate.ID != a.ID {
			matches = append(matches, match{candidate, scores[i]})
		}
	}
	slices.SortStableFunc(matches, func(x, y match) int {
		return cmp.Or(cmp.Compare(y.score, x.score), y.article.PublishedAt.Compare(x.article.PublishedAt),
			cmp.Compare(y.article.ID, x.article.ID))
	})
	var related []Article
	for _, m := range matches[:max(0, min(n, len(matches)))] {
		related = append(related, m.article)
	}
	return related
}

// relatedScores returns for each candidate the sum over the terms it shares with a,
// where a term weighs the more the fewer candidates have it (inverse frequency).
func relatedScores(a Article, candidates []Article) []float64 {
	terms := make([]map[string]bool, len(candidates))
	count := map[string]int{} // in how many candidates a term occurs
	for i, candidate := range candidates {
		terms[i] = relatedTerms(candidate)
		for term := range terms[i] {
			count[term]++
		}
	}
	scores := make([]float64, len(candidates))
	// In sorted order, so that the sums are equal to the last bit every time.
	for _, term := range slices.Sorted(maps.Keys(relatedTerms(a))) {
		for i := range candidates {
			if terms[i][term] {
				scores[i] += math.Log(float64(len(candidates)+1) / float64(count[term]))
			}
		}
	}
	return scores
}

// relatedTerms returns the words that say what an article is about, and its section
// as a term of its own.
func relatedTerms(a Article) map[string]bool {
	terms := map[string]bool{}
	if section := Fold(a.Section); section != "" {
		terms["section:"+section] = true
	}
	for _, word := range Words(a.Title + "\n" + a.Summary + "\n" + a.Section) {
		stem := withoutArticle(word)
		if utf8.RuneCountInString(stem) > 1 && !functionWords[word] && !functionWords[stem] {
			terms[stem] = true
		}
	}
	return terms
}

// withoutArticle takes the Arabic article, and a conjunction or preposition joined to
// it, off a word that is long enough to be one without it.
func withoutArticle(word string) string {
	for _, prefix := range []string{"وال", "بال", "كال", "فال", "ال", "لل"} {
		if rest, found := strings.CutPrefix(word, prefix); found && utf8.RuneCountInString(rest) > 2 {
			return rest
		}
	}
	return word
}

// functionWords, folded, say nothing about a subject.
var functionWords = wordSet(`
	من الي عن علي في مع بين بعد قبل عند منذ حتي خلال حول ضد دون تحت فوق امام او ام ثم بل لكن لا ما لم لن ليس ليست
	ان انه انها كان كانت يكون تكون قد لقد هل كيف لماذا متي اين هذا هذه ذلك تلك هنا هناك هو هي هم نحن انت انا الذي التي
	الذين كل بعض غير اي كما وقد وفي ومن وهو وهي وان له لها لهم به بها فيه فيها عليه عليها منه منها عام يوم اليوم
	a an the and or but of in on at to for from by with about into over after before between under is are was were be been
	has have had do does did will would can could may not no it its this that these those as how why what when where who
	we you he she they our your his her their than then so up out more new says said`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[Fold(word)] = true
	}
	return set
}
