package moderation

// Node is a comment with the replies to it.
type Node struct {
	Comment Comment
	Depth   int // 0 at top level, at most MaxDepth
	Replies []*Node
}

// MaxDepth is how deep replies are shown indented; deeper ones stand at that depth.
const MaxDepth = 3

// Threads arranges comments under the ones they answer, keeping their order. One
// whose parent is not among them stands at top level. Cycles (a broken import) are
// cut, and every comment appears exactly once. Replies below MaxDepth follow the
// comment they answer in the list it stands in.
func Threads(comments []Comment) []*Node {
	replies := map[int][]int{} // by index; those of -1 are the top level
	for i, parent := range parents(comments) {
		replies[parent] = append(replies[parent], i)
	}
	type place struct {
		index, depth int
		list         *[]*Node
	}
	var roots []*Node
	var todo []place // a stack: a chain of replies may be too long to recurse
	push := func(parent, depth int, list *[]*Node) {
		children := replies[parent]
		for i := len(children) - 1; i >= 0; i-- {
			todo = append(todo, place{children[i], depth, list})
		}
	}
	push(-1, 0, &roots)
	for len(todo) > 0 {
		next := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		node := &Node{Comment: comments[next.index], Depth: next.depth}
		*next.list = append(*next.list, node)
		if next.depth < MaxDepth {
			push(next.index, next.depth+1, &node.Replies)
		} else {
			push(next.index, next.depth, next.list)
		}
	}
	return roots
}

// parents returns for each comment the index of the one it answers, -1 for none.
// Following it always ends at -1.
func parents(comments []Comment) []int {
	byID := make(map[ID]int, len(comments))
	for i, c := range comments {
		if _, twice := byID[c.ID]; !twice {
			byID[c.ID] = i
		}
	}
	up := make([]int, len(comments))
	for i, c := range comments {
		up[i] = -1
		if parent, ok := byID[c.ParentID]; ok && c.ParentID != 0 {
			up[i] = parent
		}
	}
	cutCycles(up)
	return up
}

// cutCycles makes the first comment of every cycle a top one.
func cutCycles(up []int) {
	walk := make([]int, len(up)) // the walk that came by, counted from 1
	for start := range up {
		i := start
		for i >= 0 && walk[i] == 0 {
			walk[i] = start + 1
			i = up[i]
		}
		if i < 0 || walk[i] != start+1 {
			continue
		}
		first := i
		for j := up[i]; j != i; j = up[j] {
			first = min(first, j)
		}
		up[first] = -1
	}
}
