using System.Reflection;
using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>
/// What no code calls is checked by the compiler, by the lists at the root (BannedSymbols.txt): here it is held that the lists are right
/// and that everybody builds with them; and what no list of symbols can say.
/// </summary>
public sealed partial class BannedTests
{
    public static TheoryData<string> Lists => ["BannedSymbols.txt", "BannedSymbols.Modules.txt"];

    /// <summary>A line with a slip in it forbids nothing, and nobody is told.</summary>
    [Theory]
    [MemberData(nameof(Lists))]
    public void Each_line_names_something_that_is_there_and_says_what_to_use_instead(string list)
    {
        var lines = File.ReadLines(Path.Combine(Repository.Root, list)).Where(l => !l.StartsWith("//", StringComparison.Ordinal)).Select(l => l.Split(';', 2)).ToList();

        Assert.All(lines, line => Assert.True(line.Length == 2 && line[1].Length > 20, line[0]));
        Assert.Equal([], lines.Select(line => line[0]).Where(id => !DocumentationIds(TypeOf(id)).Contains(id)));
        Assert.Distinct(lines.Select(line => line[0]));
    }

    [Fact]
    public void The_host_the_sdk_and_every_module_are_built_with_them()
    {
        foreach (var project in new[] { "host/Modular.Host.csproj", "host/Observability/Tracing/Modular.Host.Tracing.csproj", "host/Bus/RabbitMq/Modular.Host.RabbitMq.csproj", "sdk/Modular.Sdk/Modular.Sdk.csproj", "modules/Directory.Build.targets" })
        {
            Assert.Contains("BannedApi.props", File.ReadAllText(Path.Combine(Repository.Root, project)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_place_that_is_allowed_says_why()
    {
        var silent = from folder in new[] { "modules", "host", "sdk/Modular.Sdk" }
                     from file in Sources(folder, "*.cs")
                     from line in File.ReadLines(file)
                     where line.Contains("RS0030", StringComparison.Ordinal) && !line.Contains("restore", StringComparison.Ordinal) && !Reason().IsMatch(line)
                     select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";

        Assert.Equal([], silent);
    }

    /// <summary>The house style is "9:30 am": whoever formats a time otherwise says "9:30 AM" to somebody.</summary>
    [Fact]
    public void Only_the_shared_words_say_a_time_of_day()
    {
        var found = from folder in new[] { "modules", "host", "sdk/Modular.Sdk" }
                    from file in Sources(folder, "*.cs*")
                    where Path.GetExtension(file) is ".cs" or ".cshtml"
                    from Match match in Clock().Matches(File.ReadAllText(file))
                    select $"{Path.GetRelativePath(Repository.Root, file)}: {match.Value}";

        Assert.Equal(["sdk/Modular.Sdk/Ui/Said.cs: h:mm tt"], found);
    }

    /// <summary>It would fail unseen, and outlive what it works with. <see cref="Host.Logging.RunningTasks"/> keeps it.</summary>
    [Fact]
    public void No_task_is_thrown_away()
    {
        var thrown = from folder in new[] { "modules", "host", "sdk/Modular.Sdk" }
                     from file in Sources(folder, "*.cs")
                     from line in File.ReadLines(file)
                     where ThrownAway().IsMatch(line)
                     select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";

        Assert.Equal([], thrown);
    }

    [Theory]
    [InlineData("        _ = TellAsync(practice);", true)]
    [InlineData("        _ = pump.Of(practice).LaterAsync(wait, () =>", true)]
    [InlineData("        _ = Task.Run(work);", true)]
    [InlineData("        _ = await TellAsync(practice);", false)]
    [InlineData("            _ => DoneAsync(),", false)]
    public void A_task_is_thrown_away_where_nothing_takes_it(string line, bool thrown) => Assert.Equal(thrown, ThrownAway().IsMatch(line));

    private static IEnumerable<string> Sources(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
        .Where(file => !file.Contains("/tests/", StringComparison.Ordinal))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static Type TypeOf(string id)
    {
        var name = id[2..].Split('(')[0];
        name = id[0] == 'T' ? name : name[..name.LastIndexOf('.')];
        // A member of an assembly that is not loaded yet is looked for where its namespace says.
        return Type.GetType(name) ?? AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(name)).FirstOrDefault(t => t is not null)
            ?? new[] { "System.Net.Http", "System.ComponentModel.TypeConverter", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Relational" }
                .Select(a => Assembly.Load(a).GetType(name)).FirstOrDefault(t => t is not null)
            ?? throw new InvalidOperationException($"There is no type {name}.");
    }

    /// <summary>As the compiler writes them into its documentation files.</summary>
    private static IEnumerable<string> DocumentationIds(Type type) =>
        type.GetProperties().Select(p => $"P:{type.FullName}.{p.Name}")
            .Concat(type.GetConstructors().Select(c => $"M:{type.FullName}.#ctor{Parameters(c)}"))
            .Concat(type.GetMethods().Select(m => $"M:{type.FullName}.{m.Name}{(m.IsGenericMethod ? $"``{m.GetGenericArguments().Length}" : "")}{Parameters(m)}"))
            .Prepend($"T:{type.FullName}");

    private static string Parameters(MethodBase method) =>
        method.GetParameters() is { Length: > 0 } all ? $"({string.Join(',', all.Select(p => Name(p.ParameterType)))})" : "";

    private static string Name(Type type) =>
        type.IsGenericMethodParameter ? $"``{type.GenericParameterPosition}"
        : type.IsArray ? $"{Name(type.GetElementType()!)}[]"
        : type.IsGenericType ? $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(Name))}}}"
        : type.FullName!;

    [GeneratedRegex(@"^\s*_ = (?!await\b)\S*(Async|Task\.Run|ContinueWith)\(")]
    private static partial Regex ThrownAway();

    [GeneratedRegex(@"disable RS0030 // \S.{15,}")]
    private static partial Regex Reason();

    [GeneratedRegex(@"h+:mm\s?tt|(?<=\{\w[\w.!?]*):[tTgG](?=\})|(?<=ToString\("")[tTgG](?="")|ToShortTimeString|ToLongTimeString")]
    private static partial Regex Clock();
}
