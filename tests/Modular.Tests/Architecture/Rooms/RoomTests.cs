using System.Text.RegularExpressions;
using Modular.Host.Composition;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture.Rooms;

/// <summary>
/// A room of the host is a folder right under <c>host</c>. The page <c>host/README.md</c> names them from the bottom to the top, and a room uses
/// rooms below it alone: whoever changes one knows what may notice it.
/// </summary>
public sealed partial class RoomTests
{
    private const string Root = "(root)";
    private static readonly Lazy<HashSet<(string From, string To)>> Uses = new(() => UsesOfTypes.Read(typeof(HostApp).Assembly.Location));

    [Fact]
    public void A_room_of_the_host_uses_only_rooms_that_its_page_names_before_it()
    {
        var order = Rooms().Index().ToDictionary(room => room.Item, room => room.Index);

        var upwards = from use in Uses.Value
                      let arrow = (From: RoomOf(use.From), To: RoomOf(use.To))
                      where arrow is { From: not (null or Root), To: not null } && arrow.From != arrow.To
                      where arrow.To == Root || order.GetValueOrDefault(arrow.From, -1) < order.GetValueOrDefault(arrow.To, -1)
                      orderby use
                      select $"{use.From} → {use.To}";

        Assert.Equal([], upwards);
    }

    [Fact]
    public void The_page_names_each_room_once_and_no_room_that_is_not_there()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "host")).Select(Path.GetFileName).Where(f => f is not ("bin" or "obj"));

        Assert.Equal(folders.Order(StringComparer.Ordinal), Rooms().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_stands_in_the_folder_that_its_namespace_names()
    {
        var root = Path.Combine(Repository.Root, "host");
        var strays = from file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                     let path = Path.GetRelativePath(root, file)
                     where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
                     let space = Namespace().Match(File.ReadAllText(file)).Groups[1].Value
                     where space.Length > 0 && space != $"Modular.Host.{Path.GetDirectoryName(path)!.Replace('/', '.')}"
                     select $"{path}: {space}";

        Assert.Equal([], strays);
    }

    private static List<string> Rooms() => [.. File.ReadLines(Path.Combine(Repository.Root, "host", "README.md"))
        .Select(line => Line().Match(line)).Where(m => m.Success).Select(m => m.Groups[1].Value)];

    /// <summary>Null for what the compiler makes for itself.</summary>
    private static string? RoomOf(string type)
    {
        // A view's class is named by its path: /People/EditPerson.cshtml is People_EditPerson.
        const string views = "AspNetCoreGeneratedDocument.", host = "Modular.Host.";
        var parts = type.StartsWith(views, StringComparison.Ordinal) ? type[views.Length..].Split('_')
            : type.StartsWith(host, StringComparison.Ordinal) ? type[host.Length..].Split('.') : null;
        return parts is null ? null : parts is [var room, _, ..] && room.Length > 0 ? room : Root;
    }

    [GeneratedRegex(@"^\| `(\w+)` \|")]
    private static partial Regex Line();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
