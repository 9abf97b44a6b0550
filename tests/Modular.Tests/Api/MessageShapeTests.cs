using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Contracts;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>
/// A published message keeps its shape: the schemas lie in the repository beside the messages. A message that grew, or a new one, is written
/// with <c>MODULAR_WRITE_SCHEMAS=1 ./test Every_message_has_the_shape</c>; one that breaks is never overwritten: it needs a new version.
/// </summary>
public sealed class MessageShapeTests(SharedHost shared)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Every_message_has_the_shape_that_was_published()
    {
        var contracts = shared.Host.Services.GetRequiredService<MessageContracts>();
        var write = Environment.GetEnvironmentVariable("MODULAR_WRITE_SCHEMAS") == "1";
        var faults = contracts.All.Select(c => Fault(c, ShapeChange.Bare(contracts.Schema(c)), write)).OfType<string>().ToList();

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(contracts.All.Count, 30, 1000);
    }

    [Fact]
    public void No_published_message_disappears()
    {
        var known = shared.Host.Services.GetRequiredService<MessageContracts>().All.Select(c => File(c)).ToHashSet();
        var gone = Directory.EnumerateFiles(Path.Combine(Repository.Root, "modules"), "*.json", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "sdk", "Modular.Sdk", "Core", "schemas")))
            .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "schemas" && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal) && !known.Contains(f));

        Assert.Empty(gone);
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{'name':{'type':'string'},'more':{'type':'string'}}", "")]
    [InlineData("{'title':{'type':'string'}}", "name is gone")]
    [InlineData("{'name':{'type':'integer'}}", "name was")]
    [InlineData("{'name':{'type':['string','null']}}", "name was")]
    [InlineData("{'name':{'type':'string','format':'uuid'}}", "name was")]
    public void What_breaks_a_reader_is_found_and_what_only_grows_is_not(string properties, string found)
    {
        var old = Shape("{'name':{'type':'string'}}", "name");
        var now = properties == "{}" ? Shape("{'name':{'type':'string'}}", "name") : Shape(properties, "name");

        var breaks = ShapeChange.Breaks(old, now);

        Assert.True(found.Length == 0 ? breaks.Count == 0 : breaks.Any(b => b.StartsWith(found, StringComparison.Ordinal)), string.Join("; ", breaks));
    }

    [Fact]
    public void A_new_field_that_may_not_be_left_out_and_an_old_one_that_now_may_both_break()
    {
        var (one, two) = (Shape("{'a':{'type':'string'}}", "a"), Shape("{'a':{'type':'string'},'b':{'type':'string'}}", "a", "b"));

        Assert.Equal(["b is new and may not be left out"], ShapeChange.Breaks(one, two));
        Assert.Equal(["a may be left out now"], ShapeChange.Breaks(one, Shape("{'a':{'type':'string'}}")));
        Assert.Equal(["visits[].a is gone"], ShapeChange.Breaks(List(one), List(Shape("{}"))));
    }

    [Fact]
    public void Every_example_can_be_read_as_its_message_and_fits_its_schema()
    {
        var contracts = shared.Host.Services.GetRequiredService<MessageContracts>();

        Assert.All(contracts.All, c => Assert.NotNull(contracts.Example(c).Deserialize(c.Type, JsonSerializerOptions.Web)));
        Assert.All(contracts.All, c => Assert.All(contracts.Fields(c), f => Assert.NotEqual("any", f.Type)));
        var start = Assert.Single(contracts.Fields(contracts.Find("scheduling.appointment-booked.v1")!), f => f.Path == "visit.minutes");
        Assert.Equal(("integer", true, "Length, 5 to 720."), (start.Type, start.Always, start.Words));
    }

    private static string? Fault(MessageContract contract, JsonObject now, bool write)
    {
        var file = File(contract);
        var old = System.IO.File.Exists(file) ? JsonNode.Parse(System.IO.File.ReadAllText(file))!.AsObject() : null;
        if (old is not null && ShapeChange.Breaks(old, now) is { Count: > 0 } breaks)
        {
            return $"{contract.Alias} was published and changed: {string.Join("; ", breaks)}. Leave it as it was and add {contract.Name}.v{contract.Version + 1} beside it.";
        }

        if (old is not null && JsonNode.DeepEquals(old, now))
        {
            return null;
        }

        if (!write)
        {
            return $"{contract.Alias} {(old is null ? "has no schema in the repository" : "grew")}: run this test with MODULAR_WRITE_SCHEMAS=1 and commit {Path.GetRelativePath(Repository.Root, file)}.";
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, now.ToJsonString(Readable) + "\n");
        return null;
    }

    private static string File(MessageContract contract) => Path.Combine(
        Repository.Root, contract.Module.Id == "core" ? Path.Combine("sdk", "Modular.Sdk", "Core") : Path.Combine("modules", contract.Module.Id, "Messages"), "schemas", $"{contract.Alias}.json");

    private static JsonObject Shape(string properties, params string[] required) => new()
    {
        ["type"] = "object",
        ["properties"] = JsonNode.Parse(properties.Replace('\'', '"')),
        ["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]),
    };

    private static JsonObject List(JsonObject row) =>
        new() { ["type"] = "object", ["properties"] = new JsonObject { ["visits"] = new JsonObject { ["type"] = "array", ["items"] = row.DeepClone() } } };
}
