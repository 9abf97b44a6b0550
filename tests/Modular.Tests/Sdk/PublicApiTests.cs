using System.Reflection;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Sdk;

/// <summary>
/// What was shipped stays for the major: a module that was built once runs on every later minor. The record is
/// <c>PublicAPI.Shipped.txt</c> beside each project; additions are free and recorded at a release, with MODULAR_RECORD_API=1, and with
/// MODULAR_RECORD_RELEASE=1 the packages that later ones are compared with.
/// </summary>
public sealed class PublicApiTests
{
    /// <summary>Called by modules and implemented by the host alone: these may gain members. All others are implemented by partners.</summary>
    private static readonly HashSet<string> HostOnly =
    [
        "IPractice", "ISettings`1", "ILive", "IAccessLog", "IFiles", "IFolders", "IProgress", "ISecrets", "IOutgoing", "IPatientRecords", "IPatientAccess", "IMessageBus",
        "ILetters", "IModuleMetadata", "IModuleDbContext", "IWork", "IWrite", "IMarks", "IPageParts",
    ];

    public static TheoryData<string, string> Shipped => new()
    {
        { "Modular.Sdk", "sdk/Modular.Sdk" },
        { "Modular.Patients.Messages", "modules/patients/Messages" },
        { "Modular.Scheduling.Messages", "modules/scheduling/Messages" },
        { "Modular.Referrals.Messages", "modules/referrals/Messages" },
        { "Modular.Billing.Messages", "modules/billing/Messages" },
    };

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Nothing_that_was_shipped_is_gone_or_changed(string assembly, string folder)
    {
        var file = Path.Combine(Repository.Root, folder, "PublicAPI.Shipped.txt");
        var now = PublicApi.Of(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable("MODULAR_RECORD_API") == "1")
        {
            File.WriteAllLines(file, now);
        }

        if (Environment.GetEnvironmentVariable("MODULAR_RECORD_RELEASE") == "1")
        {
            PackageBaseline.Record(assembly, folder);
        }

        var gone = PublicApi.Gone(File.ReadAllLines(file), now);

        Assert.True(gone.Count == 0, $"{assembly}: whoever was built against these members breaks. Keep them, or wait for the next major:\n{string.Join('\n', gone)}");
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Nothing_that_partners_implement_gains_a_member(string assembly, string folder)
    {
        var shipped = File.ReadAllLines(Path.Combine(Repository.Root, folder, "PublicAPI.Shipped.txt")).ToHashSet();
        var added = PublicApi.Of(Assembly.Load(assembly)).Where(line => !shipped.Contains(line) && line.Contains(".abstract ", StringComparison.Ordinal))
            .Where(line => line[..line.IndexOf(".abstract ", StringComparison.Ordinal)] is var type && IsShipped(shipped, type) && !HostOnly.Contains(Short(type)));

        Assert.Empty(added);
    }

    [Fact]
    public void The_assembly_version_of_the_sdk_is_that_of_its_major()
    {
        var sdk = typeof(IModule).Assembly;
        var version = sdk.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('.');

        // Before 1.0 a minor version promises no more than a major one does later.
        Assert.Equal(version[0] == "0" ? $"0.{version[1]}.0.0" : $"{version[0]}.0.0.0", sdk.GetName().Version!.ToString());
    }

    [Theory]
    [InlineData("Modular.Sdk.ModuleBuilder.Topic(System.String name, System.String permission)", "System.String name", "System.String topic")]
    [InlineData("Modular.Sdk.IPractice", "interface", "class")]
    public void A_parameter_that_was_renamed_breaks_who_names_it_as_a_type_that_was_changed_does(string line, string recorded, string before)
    {
        var now = PublicApi.Of(typeof(IModule).Assembly);
        var was = Assert.Single(now, l => l.Contains(line, StringComparison.Ordinal) && l.Contains(recorded, StringComparison.Ordinal) && !l.Contains(" is ", StringComparison.Ordinal))
            .Replace(recorded, before, StringComparison.Ordinal);

        Assert.Equal([was], PublicApi.Gone([.. now, was], now));
    }

    [Fact]
    public void A_member_that_can_no_longer_be_overridden_is_gone_and_one_that_now_can_is_kept()
    {
        var now = PublicApi.Of(typeof(IModule).Assembly);
        var overridable = Assert.Single(now, l => l.StartsWith("Modular.Sdk.ImportKind.PrepareAsync(", StringComparison.Ordinal));
        var fixedLine = overridable[..^" virtual".Length];
        List<string> changed = [.. now.Where(l => l != overridable), fixedLine];

        Assert.Equal([overridable], PublicApi.Gone(now, changed));
        Assert.Empty(PublicApi.Gone(changed, now));
    }

    [Fact]
    public void The_record_tells_a_removed_a_changed_and_an_added_member_apart()
    {
        var lines = PublicApi.Of(typeof(ModuleManifest).Assembly);

        Assert.Contains("interface Modular.Sdk.IModule", lines);
        Assert.Contains("Modular.Sdk.IModule.abstract Configure(Modular.Sdk.ModuleBuilder module) : System.Void", lines);
        Assert.Contains("class sealed Modular.Sdk.ModuleManifest", lines);
        Assert.Contains("Modular.Sdk.ModuleManifest.get_Id() : System.String", lines);
    }

    private static bool IsShipped(HashSet<string> shipped, string type) => shipped.Any(line => line.EndsWith($" {type}", StringComparison.Ordinal) && !line.Contains(" is ", StringComparison.Ordinal));

    private static string Short(string type) => type.Split('[')[0].Split('.')[^1];
}
