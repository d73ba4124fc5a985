package moderation

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func article(id ID, section, title, summary string) Article {
	return Article{ID: id, Section: section, Title: title, Summary: summary, PublishedAt: noon.Add(time.Duration(id) * time.Hour)}
}

func ids(articles []Article) []ID {
	var list []ID
	for _, a := range articles {
		list = append(list, a.ID)
	}
	return list
}

func TestRelated(t *testing.T) {
	bread := article(1, "اقتصاد", "أسعار الخبز ترتفع في المدينة", "المخابز تشكو من كلفة الطحين")
	candidates := []Article{
		bread, // itself
		article(2, "رياضة", "فوز المنتخب في المباراة", "هدف في الدقيقة الأخيرة"),
		article(3, "رياضة", "خُبز الرياضيين", "كلفة الطحين على لاعبي المدينة"),
		article(4, "اقتصاد", "سوق السيارات", "أرقام جديدة"),
		article(5, "ثقافة", "معرض في الضاحية", "الذين رسموا كل مكان"),
		article(6, "اقتصاد", "سوق العقار", "أرقام قديمة"),
		article(7, "English", "Bread and roses", "A song of the city"),
	}
	tests := []struct {
		name string
		of   Article
		n    int
		want []ID
	}{
		{"rare words, then section, the newest first", bread, 10, []ID{3, 6, 4}},
		{"only the first", bread, 1, []ID{3}},
		{"none wanted", bread, 0, nil},
		{"less than none", bread, -1, nil},
		{"nothing shared but function words", article(9, "علوم", "من في على هذا", "the of and"), 10, nil},
		{"function words that begin like the article", article(9, "", "الذين", ""), 10, nil},
		{"words with the article and a conjunction", article(9, "", "والسيارات", ""), 10, []ID{4}},
		{"English", article(10, "Culture", "The BREAD of the city", ""), 10, []ID{7}},
		{"no section and no words", Article{ID: 11}, 10, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ids(Related(tt.of, candidates, tt.n)); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
	if got := Related(bread, nil, 3); got != nil {
		t.Errorf("related among none: %v", got)
	}
}

// The answer does not depend on the order in which the candidates come.
func TestRelatedIsDeterministic(t *testing.T) {
	words := []string{"خبز", "ماء", "مدينة", "سوق", "بحر", "جبل", "كتاب", "قلم"}
	sections := []string{"اقتصاد", "ثقافة", ""}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(id int) Article {
			title := rapid.SampledFrom(words).Draw(t, "word") + " " + rapid.SampledFrom(words).Draw(t, "word")
			return article(ID(id), rapid.SampledFrom(sections).Draw(t, "section"), title, "")
		}
		var candidates []Article
		for _, id := range numbers(rapid.IntRange(0, 12).Draw(t, "n")) {
			candidates = append(candidates, draw(id))
		}
		of := draw(100)
		want := ids(Related(of, candidates, 5))
		if got := ids(Related(of, rapid.Permutation(candidates).Draw(t, "order"), 5)); !reflect.DeepEqual(got, want) {
			t.Fatalf("%d, then %d", want, got)
		}
	})
}
