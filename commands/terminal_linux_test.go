package commands

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"

	"radd/auth"
)

// terminal opens a pseudo-terminal: what a person types into, and what the program has.
func terminal(t *testing.T) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	t.Cleanup(func() { _ = person.Close() })
	fd := int(person.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.Close() })
	return person, program
}

// screen collects what the person sees.
func screen(person *os.File) *output {
	out := newOutput()
	go func() {
		buffer := make([]byte, 4096)
		for {
			n, err := person.Read(buffer)
			if err != nil {
				return
			}
			_, _ = out.Write(buffer[:n])
		}
	}()
	return out
}

// waitForText waits until the person sees text.
func waitForText(t *testing.T, out *output, text string) {
	t.Helper()
	tooLong := time.After(20 * time.Second)
	for !strings.Contains(out.String(), text) {
		select {
		case <-out.changed:
		case <-tooLong:
			t.Fatalf("the screen does not show %q:\n%s", text, out)
		}
	}
}

// waitForQuestion waits until the person sees the question and what they type is hidden.
func waitForQuestion(t *testing.T, out *output, program *os.File, question string) {
	t.Helper()
	waitForText(t, out, question)
	tooLong := time.After(20 * time.Second)
	again := time.NewTicker(time.Millisecond) // a terminal has no event for this
	defer again.Stop()
	for {
		modes, err := unix.IoctlGetTermios(int(program.Fd()), unix.TCGETS)
		if err != nil {
			t.Fatal(err)
		}
		if modes.Lflag&unix.ECHO == 0 {
			return
		}
		select {
		case <-again.C:
		case <-tooLong:
			t.Fatalf("the answer to %q would be shown", question)
		}
	}
}

// typePasswords answers both questions of radd user add on a terminal.
func typePasswords(t *testing.T, e env, first, second string) (code int, seen string) {
	t.Helper()
	person, program := terminal(t)
	out := screen(person)
	codes := make(chan int, 1)
	var stdout bytes.Buffer
	go func() {
		args := []string{"radd", "user", "add", "salma", "--role", "admin"}
		codes <- Run(t.Context(), args, program, &stdout, program, e.lookup)
	}()
	waitForQuestion(t, out, program, "New password:")
	_, _ = person.WriteString(first + "\n")
	waitForQuestion(t, out, program, "Once more:")
	_, _ = person.WriteString(second + "\n")
	code = <-codes
	return code, out.String()
}

func TestPasswordOnTheTerminal(t *testing.T) {
	e := newEnv(t)
	code, seen := typePasswords(t, e, passPhrase, "something else altogether")
	if code != exitFailed {
		t.Errorf("two different passwords: exit %d\n%s", code, seen)
	}
	code, seen = typePasswords(t, e, passPhrase, passPhrase)
	if code != exitDone || strings.Contains(seen, "harbours") {
		t.Errorf("exit %d, the screen shows:\n%s", code, seen)
	}
	m, err := openDB(t, e).MemberByName(t.Context(), "salma")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := auth.CheckPassword(t.Context(), m.PasswordHash, passPhrase); err != nil || !ok {
		t.Errorf("the password does not fit: %v", err)
	}
}

// TestInterruptedQuestion: the terminal echoes again.
func TestInterruptedQuestion(t *testing.T) {
	e := newEnv(t)
	person, program := terminal(t)
	before, err := term.GetState(int(program.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	out := screen(person)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	codes := make(chan int, 1)
	go func() {
		args := []string{"radd", "user", "add", "salma", "--role", "admin"}
		codes <- Run(ctx, args, program, program, program, e.lookup)
	}()
	waitForQuestion(t, out, program, "New password:")
	cancel()
	if code := <-codes; code != exitFailed {
		t.Errorf("exit %d", code)
	}
	after, err := term.GetState(int(program.Fd()))
	if err != nil || *after != *before {
		t.Errorf("the terminal was left otherwise than it was: %v", err)
	}
}

// TestProgressOnTheTerminal: a bar is drawn there, and nowhere else.
func TestProgressOnTheTerminal(t *testing.T) {
	e := newEnv(t)
	person, program := terminal(t)
	out := screen(person)
	code := Run(t.Context(), []string{"radd", "import", "-"}, strings.NewReader(wordpress), program, program, e.lookup)
	if code != exitDone {
		t.Errorf("exit %d", code)
	}
	waitForText(t, out, "Comments: 2 in the file")
	if !strings.Contains(out.String(), "Importing") {
		t.Errorf("no progress was shown:\n%q", out)
	}
	if r := must(t, e, wordpress, "import", "-"); strings.Contains(r.stderr, "Importing") {
		t.Errorf("progress off the terminal:\n%q", r.stderr)
	}
}
