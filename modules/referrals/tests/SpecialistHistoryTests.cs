using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Referrals;

/// <summary>The history of a row, out of the change log.</summary>
public sealed class SpecialistHistoryTests(SharedHost shared)
{
    private const string Form = "form[data-guard]";
    private readonly string name = $"Ines {Guid.NewGuid():N}, MD";

    [Fact]
    public async Task The_history_of_a_specialist_says_who_changed_what_from_what_to_what_in_words()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        var address = await AddAsync(manager);
        await manager.SubmitAsync(await manager.PageAsync(address), Form, ("Phone", "555 010 4471"));

        var lines = (await manager.PageAsync(address)).QuerySelectorAll("#history li").Select(l => l.TextContent).ToList();

        Assert.Equal(2, lines.Count);
        Assert.StartsWith("You changed it", lines[0], StringComparison.Ordinal);
        Assert.Contains("Phone: nothing (555) 010-4471", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("You added it", lines[1], StringComparison.Ordinal);
        Assert.Contains("Specialty: Cardiology", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, l => l.Contains("Address", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_history_goes_page_by_page()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        var address = await AddAsync(manager);
        for (var i = 1; i <= 22; i++)
        {
            await manager.SubmitAsync(await manager.PageAsync(address), Form, ("Address", $"{i} Harbor Street"));
        }

        var first = await manager.PageAsync(address);
        var second = await manager.PageAsync(first.QuerySelector("#history footer a")!.GetAttribute("href")!);

        Assert.Equal(20, first.QuerySelectorAll("#history li").Length);
        Assert.Contains("22 Harbor Street", first.QuerySelector("#history li")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, second.QuerySelectorAll("#history li").Length);
        Assert.Equal("Later changes", second.QuerySelector("#history footer")!.TextContent.Trim());
    }

    /// <summary>Adds a specialist by the form, and gives the address where it is changed.</summary>
    private async Task<string> AddAsync(TestClient manager)
    {
        await manager.SubmitAsync(await manager.PageAsync("/referrals/specialists/edit"), Form, ("Name", name), ("Specialty", "Cardiology"));
        return $"/referrals/specialists/edit/{await shared.Host.North.AskAsync<Guid>($"select id from referrals.specialists where name = '{name}'")}";
    }
}
