using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>Whoever knows the name of a type knows its file.</summary>
public sealed partial class FileTests
{
    /// <summary>
    /// What is asked for things when it is made (a page, a handler, a service) and what a view names as a tag. A handler may stand beside the
    /// message that it alone takes, in the file of the message.
    /// </summary>
    [Fact]
    public void A_service_stands_alone_in_the_file_that_is_named_after_it()
    {
        var strays = from file in Sources("host", "sdk/Modular.Sdk", "modules")
                     let services = Services(File.ReadAllText(file)).ToList()
                     let name = Path.GetFileName(file).Split('.')[0]
                     where services.Count > 1 || services.Any(service => service != name && service != $"{name}Handler")
                     select $"{Path.GetRelativePath(Repository.Root, file)}: {string.Join(", ", services)}";

        Assert.Equal([], strays);
    }

    [Fact]
    public void A_file_of_the_host_and_of_the_sdk_is_named_after_a_type_in_it()
    {
        var strays = from file in Sources("host", "sdk/Modular.Sdk")
                     let types = Types(File.ReadAllText(file)).ToList()
                     where types.Count > 0 && !types.Contains(Path.GetFileName(file).Split('.')[0])
                     select $"{Path.GetRelativePath(Repository.Root, file)}: {string.Join(", ", types)}";

        Assert.Equal([], strays);
    }

    [Theory]
    [InlineData("public sealed class BookVisit(VisitsDb db) : Slice\n{", "BookVisit")]
    [InlineData("public sealed class BadgeTagHelper : TagHelper\n{", "BadgeTagHelper")]
    [InlineData("public sealed class ImportDoneHandler\n{\n    public static Task HandleAsync(", "ImportDoneHandler")]
    [InlineData("public sealed record Visit(Guid Id);", null)]
    [InlineData("public sealed class VisitForm\n{", null)]
    [InlineData("public sealed class RefusedException(string sentence) : Exception(sentence);", null)]
    public void A_service_is_told_from_a_row_by_what_it_asks_for(string source, string? service) => Assert.Equal(service, Services(source).SingleOrDefault());

    private static IEnumerable<string> Services(string source) => Class().Matches(source)
        .Where(m => m.Groups["asks"].Success || Tag().IsMatch(m.Value) || m.Groups["name"].Value.EndsWith("Handler", StringComparison.Ordinal))
        .Select(m => m.Groups["name"].Value)
        .Where(name => !name.EndsWith("Exception", StringComparison.Ordinal) && !name.EndsWith("Attribute", StringComparison.Ordinal))
        .Distinct();

    private static IEnumerable<string> Types(string source) => Type().Matches(source).Select(m => m.Groups["name"].Value);

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/tests/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^(public|internal) (sealed |abstract |partial )*class (?<name>\w+)(<[^>]*>)?(?<asks>\()?[^\n{]*", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@": \w*(TagHelper|Slice)\b")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(public|internal) (\w+ )*?(class|record struct|record|struct|interface|enum|delegate [\w<>]+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Type();
}
