package commands

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// isTerminal reports whether a person sits at the stream.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// canReadPassword refuses to ask for a password where nobody can be asked.
func (p *program) canReadPassword(fromStdin bool) error {
	if !fromStdin && !isTerminal(p.stdin) {
		return wrong("cli_no_terminal")
	}
	return nil
}

// readPassword asks for a new password twice on the terminal, or takes the first
// line of standard input where fromStdin is set.
func (p *program) readPassword(ctx context.Context, fromStdin bool) (string, error) {
	if fromStdin {
		line, err := bufio.NewReader(p.stdin).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read the password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	file, ok := p.stdin.(*os.File)
	if !ok {
		return "", wrong("cli_no_terminal")
	}
	first, err := p.askHidden(ctx, file, "cli_ask_password")
	if err != nil {
		return "", err
	}
	second, err := p.askHidden(ctx, file, "cli_ask_again")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", failed(nil, "password_repeat")
	}
	return first, nil
}

// askHidden reads a line without showing it. Where ctx ends meanwhile, the terminal
// gets its echo back.
func (p *program) askHidden(ctx context.Context, terminal *os.File, key string) (string, error) {
	fd := int(terminal.Fd())
	state, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	_, _ = fmt.Fprint(p.stderr, p.say.T(key)+" ")
	defer p.tell("")
	type answer struct {
		line []byte
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		answers <- answer{line, err}
	}()
	select {
	case <-ctx.Done():
		_ = term.Restore(fd, state) // the program ends in any case
		return "", ctx.Err()
	case a := <-answers:
		if a.err != nil {
			return "", fmt.Errorf("read the password: %w", a.err)
		}
		return string(a.line), nil
	}
}
