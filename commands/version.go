package commands

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v3"
)

// release is the version of this source.
const release = "0.1.0"

func (p *program) versionCommand() *cli.Command {
	return &cli.Command{Name: "version", Usage: p.say.T("cli_version"), Action: p.action(p.version)}
}

func (p *program) versionFlag() cli.Flag {
	return &cli.BoolFlag{Name: "version", Usage: p.say.T("cli_version"), Local: true}
}

func (p *program) version(context.Context, *cli.Command) error {
	_, err := fmt.Fprintf(p.stdout, "radd %s\n%s %s/%s\nSQLite %s\n",
		version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, sqliteVersion())
	return err
}

// version is the release, with the commit where the program was built from a
// checkout and not from exactly the release.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	if tag := info.Main.Version; strings.HasPrefix(tag, "v") && !strings.HasPrefix(tag, "v0.0.0-") {
		return strings.TrimPrefix(tag, "v")
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return release + "+" + setting.Value[:12]
		}
	}
	return release
}
