using System.CommandLine;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Host.Judging.Compatibility;
using Modular.Host.Loading;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Cli;

/// <summary>
/// The verbs that modules bring. Modules are loaded for them and nothing else is: no database, no practice. The host's own verbs come first and
/// load none, so that they work when a module cannot be loaded.
/// </summary>
public static class ModuleVerbs
{
    /// <summary>Adds them where none of the host's own is meant, for help too. Gives a sentence where no module has what was typed.</summary>
    public static string? Fault(RootCommand root, string[] args)
    {
        var typed = args.FirstOrDefault(a => !a.StartsWith('-'));
        if (typed is not null && root.Subcommands.Any(c => c.Name == typed))
        {
            return null;
        }

        var own = root.Subcommands.Select(c => c.Name).ToHashSet();
        var modules = Load(new StartOptions());
        foreach (var verb in modules.Where(m => m.Runs).SelectMany(m => m.Declared.Verbs).Where(v => !own.Contains(v.Name.Split(' ')[0])))
        {
            Add(root, verb);
        }

        return typed is null || root.Subcommands.Any(c => c.Name == typed) ? null
            : $"There is no verb {typed} here. There are: {string.Join(", ", root.Subcommands.Select(c => c.Name))}. "
                + string.Concat(modules.Where(m => !m.Runs).Select(m => $"The module {m.Id} does not run: {m.Reason} "))
                + "A module that is not installed brings no verb; \"module list\" shows what is.";
    }

    private static IReadOnlyList<LoadedModule> Load(StartOptions options)
    {
        var found = ManifestJudge.Discover(options);
        if (options.SafeMode)
        {
            foreach (var module in found)
            {
                module.Refuse(ModuleStatus.HeldBack, "The host runs in safe mode: no module is started.");
            }

            return found;
        }

        var judged = found.Where(m => m.Status == ModuleStatus.Found).ToList();
        var messages = SharedMessages.Of(judged);
        MemberCheck.RefuseUnmet(judged, messages);
        SharedMessages.Load(messages);
        foreach (var module in judged.Where(m => m.Status == ModuleStatus.Found))
        {
            ModuleStarter.Start(module, new ServiceCollection());
        }

        return found;
    }

    private static void Add(Command root, VerbDeclaration verb)
    {
        var words = verb.Name.Split(' ');
        var group = root;
        foreach (var word in words[..^1])
        {
            if (group.Subcommands.FirstOrDefault(c => c.Name == word) is not { } next)
            {
                next = new(word, "Of a module; --help shows what there is.");
                group.Add(next);
            }

            group = next;
        }

        // Two modules with one verb: the one whose id comes first keeps it.
        if (group.Subcommands.All(c => c.Name != words[^1]))
        {
            var typed = new Argument<string[]>("arguments") { HelpName = verb.Usage, Arity = ArgumentArity.ZeroOrMore };
            var command = new Command(words[^1], verb.Description) { typed };
            command.SetAction((parsed, ct) =>
                verb.Run(new(parsed.GetValue(typed) ?? [], Console.OpenStandardInput(), Console.Out, Console.Error), ct));
            group.Add(command);
        }
    }
}
