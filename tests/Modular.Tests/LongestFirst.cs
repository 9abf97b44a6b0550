using Modular.Tests;
using Modular.Tests.Api;
using Modular.Tests.Bus;
using Modular.Tests.Cli;
using Modular.Tests.Harness;
using Modular.Tests.Partners;
using Modular.Tests.Scheduling;
using Modular.Tests.Security;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Modular.Tests;

/// <summary>What takes longest begins first, so that it does not end long after everything else; the canary's is the last.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Long = [typeof(PartnerCommands), typeof(HostileInputTests), typeof(EnablingSequenceTests), typeof(WebhookTests), typeof(KillTests), typeof(CommandLineTests), typeof(AtTheClinic), typeof(EndpointMatrixTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionClassName == typeof(AfterAllOthers).FullName).ThenByDescending(c => Length(c))];

    /// <summary>A collection that is one class's own bears the class's name only in what it is called.</summary>
    private static int Length(ITestCollection collection) =>
        Array.FindIndex(Long, type => type.FullName == collection.TestCollectionClassName || collection.TestCollectionDisplayName.Contains($" {type.FullName} ", StringComparison.Ordinal)) is var place and >= 0
            ? Long.Length - place
            : 0;
}
