using Modular.Billing.Codes;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing;

/// <summary>Codes as they are typed: by the code, by words, favorites first.</summary>
public sealed class CodeSearchTests(SharedHost shared)
{
    private static readonly DateOnly Day = new(2026, 6, 10);

    [Theory]
    [InlineData("diab unsp", "% diab%|% unsp%")]
    [InlineData(" E11.9 ", "% e119%")]
    [InlineData("100%_", @"% 100\%\_%")]
    [InlineData("  ", "")]
    public void Each_word_is_the_beginning_of_a_word_and_signs_are_letters(string typed, string patterns) => Assert.Equal(patterns, string.Join('|', CodeLookup.Patterns(typed)));

    [Fact]
    public async Task What_is_a_favorite_comes_first_and_with_nothing_typed_alone()
    {
        await using var rows = new BillingRows(shared.Host);
        var (word, person) = ($"zq{Guid.NewGuid():N}"[..12], Guid.NewGuid());
        foreach (var (code, to) in new[] { ("1", (DateOnly?)null), ("2", null), ("3", null), ("4", new DateOnly(2025, 12, 31)) })
        {
            await rows.SaveAsync(new BillingCode { System = "modifier", Code = $"{word[2..6]}{code}", ShortName = word, LongName = word, ValidFrom = new(2020, 1, 1), ValidTo = to, Find = $" {word[2..6]}{code} {word} low back" });
        }

        await rows.SaveAsync(new Favorite { System = "modifier", Code = $"{word[2..6]}2" });
        await rows.SaveAsync(new Favorite { System = "modifier", Code = $"{word[2..6]}3", PersonId = person });
        var lookup = new CodeLookup(rows.Db);

        async Task<string> Found(string typed, Guid? who) => string.Join("", (await lookup.SearchAsync(["modifier"], typed, Day, who)).Select(c => c.Code[4..]));

        Assert.Equal("321", await Found($"back {word}", person));
        Assert.Equal("213", await Found(word, null));
        Assert.StartsWith("3", await Found("", person), StringComparison.Ordinal);
        Assert.Equal("", await Found($"{word} missing", person));
    }

    [Fact]
    public async Task A_biller_makes_a_code_a_favorite_of_hers_and_only_who_sets_up_one_of_everybodys()
    {
        await using var rows = new BillingRows(shared.Host);
        var code = await rows.SaveAsync(new BillingCode { System = "hcpcs", Code = $"{Guid.NewGuid():N}"[..8].ToUpperInvariant(), ShortName = "x", LongName = "x", ValidFrom = new(2020, 1, 1), Find = " x" });
        using var biller = await shared.Host.SignInAsync(shared.Host.North, Roles.Biller);
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);

        var page = await biller.PageAsync($"/billing/codes/{code.Id}");
        Assert.Single(page.QuerySelectorAll("form[action*='/favor/']"));
        await biller.SubmitAsync(page, "form[action*='/favor/']");
        Assert.Contains("No longer a favorite of mine", (await biller.PageAsync($"/billing/codes/{code.Id}")).Body!.TextContent, StringComparison.Ordinal);
        await manager.SubmitAsync(await manager.PageAsync($"/billing/codes/{code.Id}"), "form:has([name=everybody])");
        Assert.Equal(2L, await shared.Host.North.AskAsync<long>($"select count(*) from billing.favorites where code = '{code.Code}'"));
        await biller.SubmitAsync(await biller.PageAsync($"/billing/codes/{code.Id}"), "form[action*='/favor/']");
        Assert.Equal(1L, await shared.Host.North.AskAsync<long>($"select count(*) from billing.favorites where code = '{code.Code}' and person_id is null"));
    }
}
