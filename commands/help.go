package commands

import (
	"context"
	"strings"

	"github.com/urfave/cli/v3"
)

// helpLayout is the page of one command. LABEL.key stands for a text of ours; the
// rest is the library's template language.
const helpLayout = `{{.FullName}}: {{.Usage}}

LABEL.cli_help_usage:
   {{.FullName}}{{if .ArgsUsage}} {{.ArgsUsage}}{{end}}{{if .VisibleFlags}} [LABEL.cli_help_options_word]{{end -}}
{{if .VisibleCommands}} [LABEL.cli_help_command_word]{{end}}
{{- if .Description}}

{{.Description}}{{end}}
{{- if .VisibleCommands}}

LABEL.cli_help_commands:
{{- range .VisibleCommands}}
   {{printf "%-9s" .Name}} {{.Usage}}{{end}}{{end}}
{{- if .VisibleFlags}}

LABEL.cli_help_options:
{{- range .VisibleFlags}}
   {{range $i, $n := .Names}}{{if $i}}, {{end}}{{if eq (len $n) 1}}-{{else}}--{{end}}{{$n}}{{end -}}
{{with .GetEnvVars}}, {{join . ", "}}{{end}}
      {{.GetUsage}}{{with .GetDefaultText}} (LABEL.cli_help_default: {{.}}){{end}}{{end}}{{end}}
{{- if .VisiblePersistentFlags}}

LABEL.cli_help_settings{{end}}
`

// helpTemplate is helpLayout in the language of this run.
func (p *program) helpTemplate() string {
	parts := strings.Split(helpLayout, "LABEL.")
	var b strings.Builder
	b.WriteString(parts[0])
	for _, part := range parts[1:] {
		end := strings.IndexFunc(part, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
		b.WriteString(p.say.T(part[:end]) + part[end:])
	}
	return b.String()
}

// helpFlag is a flag of every command. The library's own speaks English only.
func (p *program) helpFlag() cli.Flag {
	return &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: p.say.T("cli_flag_help")}
}

func (p *program) printHelp(cmd *cli.Command) {
	cli.HelpPrinter(p.stdout, p.helpTemplate(), cmd)
}

func (p *program) helpCommand() *cli.Command {
	return &cli.Command{
		Name: "help", Usage: p.say.T("cli_help"), ArgsUsage: "[" + p.say.T("cli_help_command_word") + "]",
		Action: func(_ context.Context, cmd *cli.Command) error {
			topic := cmd.Root()
			for _, name := range cmd.Args().Slice() {
				if topic = topic.Command(name); topic == nil {
					return wrong("cli_unknown_command", "Command", name)
				}
			}
			p.printHelp(topic)
			return nil
		},
	}
}
