using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Modular.Tests.Harness;

/// <summary>Runs alone, after every other test: by then whatever the suite makes a host log has been logged.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class AfterAllOthers;

[Collection(typeof(AfterAllOthers))]
public sealed class LogCanaryTests
{
    [Fact]
    public void No_line_that_any_host_of_this_run_logged_holds_patient_data()
    {
        var lines = LogCanary.Take();

        Assert.True(lines.Count == 0, $"{lines.Count} log lines hold patient data:\n{string.Join('\n', lines.Take(20))}");

        // And it would have been found: in the text whatever its case, and in the scopes around it.
        using var provider = LogCanary.Listen();
        ((ISupportExternalScope)provider).SetScopeProvider(new LoggerExternalScopeProvider());
        var log = provider.CreateLogger("test");
        using (log.BeginScope(LogCanary.Token))
        {
            log.LogInformation("nothing");
        }

        log.LogInformation("{Name}", LogCanary.Token.ToUpperInvariant());

        Assert.Equal(2, LogCanary.Take().Count(line => line.StartsWith("Information test:", StringComparison.Ordinal)));
    }
}
