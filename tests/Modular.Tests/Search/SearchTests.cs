using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Host.Search;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Search;

public sealed class SearchTests(SearchTests.RoomsAreFound fixture) : IClassFixture<SearchTests.RoomsAreFound>
{
    /// <summary>A host where rooms are declared as findable: the name, with the detail in brackets as keywords.</summary>
    public sealed class RoomsAreFound : IAsyncLifetime
    {
        public TestHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await TestHost.StartAsync();
            Host.Services.GetRequiredService<InstalledModules>().Core.Builder!.Search<TestRoom>("room", room => !room.Active ? null : new(
                room.Name.Split('[', '#')[0].Trim(), "Room", $"/rooms/{room.Id}", "core.practice.manage",
                room.Name.Contains('[') ? room.Name.Split('[')[1].TrimEnd(']') : "", room.LocationId)
            {
                Codes = room.Name.Contains('#') ? [room.Name.Split('#')[1]] : [],
            });
            foreach (var name in new[] { "José Muñoz [03/12/1948 617-555-0100]", "John Smith", "Joan Smithers", "Smith Johnson", "Maria O'Brien", "Łukasz Groß" })
            {
                await Save(new TestRoom { Name = name });
            }

            await Save(new TestRoom { Name = "Lakeside Parlor", LocationId = TestHost.NorthLake });
        }

        public async Task Save(TestRoom room, Action<TestRoom>? change = null)
        {
            await using var scope = Host.Scope(Host.North);
            await using var db = RoomsDb.Open(scope.ServiceProvider);
            db.Attach(room).State = change is null ? Microsoft.EntityFrameworkCore.EntityState.Added : Microsoft.EntityFrameworkCore.EntityState.Unchanged;
            change?.Invoke(room);
            await db.SaveChangesAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    [Theory]
    [InlineData("jose munoz", "José Muñoz")]
    [InlineData("MUÑ jos", "José Muñoz")]
    [InlineData("6175550100", "José Muñoz")]
    [InlineData("617-555", "José Muñoz")]
    [InlineData("03/12/1948", "José Muñoz")]
    [InlineData("3/12/1948", "José Muñoz")]
    [InlineData("3/12", "José Muñoz")]
    [InlineData("(617) 555-0100", "José Muñoz")]
    [InlineData("smiht 3/12/1948")]
    [InlineData("smi joh", "Smith Johnson", "John Smith")]
    [InlineData("john smith", "John Smith", "Smith Johnson")]
    [InlineData("obrien", "Maria O'Brien")]
    [InlineData("lukasz gross", "Łukasz Groß")]
    [InlineData("smiht", "John Smith", "Smith Johnson", "Joan Smithers")]
    [InlineData("mariaa obrein", "Maria O'Brien")]
    [InlineData("xyzzy")]
    [InlineData("   ")]
    public async Task Names_are_found_by_beginnings_in_any_order_without_accents_and_with_typos(string typed, params string[] expected)
    {
        var found = await Find(typed, ["core.practice.manage"]);

        Assert.Equal(expected.Order(), found.Order());
    }

    [Fact]
    public async Task What_begins_as_typed_comes_first_and_whole_words_before_beginnings()
    {
        Assert.Equal(["Smith Johnson", "John Smith", "Joan Smithers"], await Find("smith", ["core.practice.manage"]));
    }

    [Fact]
    public async Task Nobody_finds_what_their_permissions_and_locations_do_not_reach()
    {
        Assert.Empty(await Find("lakeside", []));
        Assert.Empty(await Find("lakeside", ["core.practice.manage"], [TestHost.NorthMain]));
        Assert.Equal(["Lakeside Parlor"], await Find("lakeside", ["core.practice.manage"], [TestHost.NorthLake]));
    }

    [Fact]
    public async Task A_scanned_code_is_found_as_a_whole_and_no_longer_one_that_begins_alike()
    {
        foreach (var name in new[] { "Crate #ZQ-1001", "Other Crate #ZQ-10012", "Pair One #77 (x)'\\", "Pair Two #77 (x)'\\" })
        {
            await fixture.Save(new TestRoom { Name = name });
        }

        Assert.Equal(["Crate"], await OfCode("ZQ-1001"));
        Assert.Equal(["Crate"], await OfCode("zq1001")); // scanners leave signs out
        Assert.Contains("Crate", await Find("ZQ-1001", ["core.practice.manage"])); // typed, it is words as any
        Assert.Equal(2, (await OfCode("77 (x)'\\")).Count); // neither is meant more than the other
        Assert.Empty(await OfCode("ZQ-100"));
        Assert.Empty(await OfCode("10012")); // a part of one
        Assert.Empty(await OfCode("03121948")); // of somebody, and no code
        Assert.Empty(await OfCode("'"));
        Assert.Empty(await OfCode("ZQ-1001", []));
    }

    [Theory]
    [InlineData("' | 'smith")]
    [InlineData("smith':* & !'x")]
    [InlineData("%")]
    [InlineData("\\ ' \" ; drop table core.search; --")]
    [InlineData("<-> & | ! ( )")]
    public async Task Text_that_looks_like_a_query_is_only_text(string typed)
    {
        await Find(typed, ["core.practice.manage"]);

        Assert.Equal(["John Smith", "Smith Johnson"], (await Find("smith john", ["core.practice.manage"])).Order());
    }

    [Fact]
    public async Task A_row_follows_its_entity_and_goes_when_the_declaration_says_null()
    {
        var room = new TestRoom { Name = "Quiet Corner" };
        await fixture.Save(room);
        Assert.Equal(["Quiet Corner"], await Find("quiet corner", ["core.practice.manage"]));

        await fixture.Save(room, r => r.Name = "Loud Corner");
        Assert.Empty(await Find("quiet corner", ["core.practice.manage"]));
        Assert.Equal(["Loud Corner"], await Find("loud corner", ["core.practice.manage"]));

        await fixture.Save(room, r => r.Active = false);
        Assert.Empty(await Find("loud corner", ["core.practice.manage"]));
    }

    private async Task<List<string>> OfCode(string code, string[]? permissions = null)
    {
        await using var scope = fixture.Host.Person(fixture.Host.North, Guid.CreateVersion7(), permissions ?? ["core.practice.manage"], null);
        return [.. (await scope.ServiceProvider.GetRequiredService<GlobalSearch>().OfCodeAsync(code, default)).Select(f => f.Title)];
    }

    private async Task<List<string>> Find(string text, string[] permissions, Guid[]? locations = null)
    {
        await using var scope = fixture.Host.Person(fixture.Host.North, Guid.CreateVersion7(), permissions, locations);
        var found = await scope.ServiceProvider.GetRequiredService<GlobalSearch>().FindAsync(text);
        return [.. found.Select(f => f.Title)];
    }
}
