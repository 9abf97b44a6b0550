using System.CommandLine;
using Modular.Host.Judging.Compatibility;
using Modular.Host.Start;

namespace Modular.Host.Cli;

/// <summary>What an upgrade of the host would do to the installed modules. Needs no database and starts nothing.</summary>
public static class UpgradeCheck
{
    /// <summary>A line a module; 1 when one would not run.</summary>
    public static int Report(string folder)
    {
        var host = NewHost.In(folder) ?? throw new CommandFailedException($"There is no host in {folder}: Modular.Sdk.dll or Modular.Host.runtimeconfig.json is missing.");
        Console.WriteLine($"new host: SDK {host.Sdk.ToString(2)}");
        var verdicts = host.Judge(new StartOptions().ModulesDirectory);
        foreach (var verdict in verdicts)
        {
            Console.WriteLine($"{verdict.Fits.ToString().ToLowerInvariant()}\t{verdict.Module.Id}\t{verdict.Module.Manifest.Version}\t{verdict.Why}");
        }

        Console.WriteLine(string.Join(", ", Enum.GetValues<Fits>().Select(f => $"{verdicts.Count(v => v.Fits == f)} {f.ToString().ToLowerInvariant()}")));
        return verdicts.Any(v => v.Fits == Fits.Broken) ? 1 : 0;
    }
}
