package moderation

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// replies builds comments from pairs of id and parent.
func replies(pairs ...[2]int) []Comment {
	var comments []Comment
	for _, pair := range pairs {
		comments = append(comments, Comment{ID: ID(pair[0]), ParentID: ID(pair[1])})
	}
	return comments
}

// outline writes threads as 1(2(3)4), and fails where a depth is wrong.
func outline(t *testing.T, nodes []*Node, depth int) string {
	t.Helper()
	var b strings.Builder
	for _, node := range nodes {
		if node.Depth != depth {
			t.Errorf("comment %d stands at depth %d, says %d", node.Comment.ID, depth, node.Depth)
		}
		fmt.Fprintf(&b, " %d", node.Comment.ID)
		if len(node.Replies) > 0 {
			b.WriteString("(" + outline(t, node.Replies, depth+1) + ")")
		}
	}
	return strings.TrimPrefix(b.String(), " ")
}

func TestThreads(t *testing.T) {
	tests := []struct {
		name     string
		comments []Comment
		want     string
	}{
		{"none", nil, ""},
		{"flat keeps the order", replies([2]int{3, 0}, [2]int{1, 0}, [2]int{2, 0}), "3 1 2"},
		{"replies", replies([2]int{1, 0}, [2]int{2, 1}, [2]int{3, 0}, [2]int{4, 1}, [2]int{5, 2}), "1(2(5) 4) 3"},
		{"parent after child", replies([2]int{2, 1}, [2]int{1, 0}), "1(2)"},
		{"newest first", replies([2]int{5, 1}, [2]int{4, 0}, [2]int{3, 1}, [2]int{1, 0}), "4 1(5 3)"},
		{"parent elsewhere", replies([2]int{1, 0}, [2]int{2, 99}), "1 2"},
		{"own parent", replies([2]int{1, 1}, [2]int{2, 1}), "1(2)"},
		{"cycle", replies([2]int{3, 2}, [2]int{1, 3}, [2]int{2, 1}), "3(1(2))"},
		{"cycle with a tail", replies([2]int{9, 3}, [2]int{1, 2}, [2]int{2, 3}, [2]int{3, 1}), "1(3(9 2))"},
		{
			"deep ones stand flat",
			replies([2]int{1, 0}, [2]int{2, 1}, [2]int{3, 2}, [2]int{4, 3}, [2]int{5, 4}, [2]int{6, 5}, [2]int{7, 3}),
			"1(2(3(4 5 6 7)))",
		},
		{"the same id twice", replies([2]int{1, 0}, [2]int{2, 1}, [2]int{1, 0}), "1(2) 1"},
		{"comments without ids", replies([2]int{0, 0}, [2]int{0, 0}), "0 0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := outline(t, Threads(tt.comments), 0); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestThreadsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		var comments []Comment
		for _, id := range rapid.Permutation(numbers(n)).Draw(t, "ids") {
			comments = append(comments, Comment{ID: ID(id), ParentID: ID(rapid.IntRange(0, n+2).Draw(t, "parent"))})
		}
		seen := map[ID]int{}
		count(Threads(comments), seen)
		for _, c := range comments {
			if seen[c.ID] != 1 {
				t.Fatalf("comment %d appears %d times", c.ID, seen[c.ID])
			}
		}
		if len(seen) != n {
			t.Fatalf("%d of %d comments", len(seen), n)
		}
	})
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i + 1
	}
	return list
}

func count(nodes []*Node, seen map[ID]int) {
	for _, node := range nodes {
		seen[node.Comment.ID]++
		count(node.Replies, seen)
	}
}

func TestThreadsOfALongChain(t *testing.T) {
	const n = 100_000
	comments := make([]Comment, n)
	for i := range comments {
		comments[i] = Comment{ID: ID(n - i), ParentID: ID(n - i - 1)}
	}
	seen := map[ID]int{}
	count(Threads(comments), seen)
	if len(seen) != n {
		t.Errorf("%d of %d comments", len(seen), n)
	}
}
