using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Referrals;
using Modular.Referrals.Specialists;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Referrals;

/// <summary>The history of a row, out of the change log.</summary>
public sealed class SpecialistHistoryTests(SharedHost shared)
{
    [Fact]
    public async Task The_history_of_a_specialist_says_who_changed_what_from_what_to_what_in_words()
    {
        var id = await AddAsync();
        await ChangeAsync(id, s => (s.Phone, s.Active) = ("5550104471", false));
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);

        var lines = (await manager.PageAsync($"/referrals/specialists/edit/{id}")).QuerySelectorAll("#history li").Select(l => l.TextContent).ToList();

        Assert.Equal(2, lines.Count);
        Assert.Contains("changed it", lines[0], StringComparison.Ordinal);
        Assert.Contains("Phone: nothing (555) 010-4471", lines[0], StringComparison.Ordinal);
        Assert.Contains("Offered in forms: yes no", lines[0], StringComparison.Ordinal);
        Assert.Contains("added it", lines[1], StringComparison.Ordinal);
        Assert.Contains("Specialty: Cardiology", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, l => l.Contains("Address", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_history_goes_page_by_page()
    {
        var id = await AddAsync();
        for (var i = 1; i <= 22; i++)
        {
            await ChangeAsync(id, s => s.Address = $"{i} Harbor Street");
        }

        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);

        var first = await manager.PageAsync($"/referrals/specialists/edit/{id}");
        var second = await manager.PageAsync(first.QuerySelector("#history footer a")!.GetAttribute("href")!);

        Assert.Equal(20, first.QuerySelectorAll("#history li").Length);
        Assert.Contains("22 Harbor Street", first.QuerySelector("#history li")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, second.QuerySelectorAll("#history li").Length);
        Assert.Equal("Later changes", second.QuerySelector("#history footer")!.TextContent.Trim());
    }

    private async Task<Guid> AddAsync()
    {
        await using var scope = shared.Host.Scope(shared.Host.North);
        var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
        var specialist = new Specialist { Name = $"Ines {Guid.NewGuid():N}, MD", Specialty = "Cardiology" };
        db.Add(specialist);
        await db.SaveChangesAsync();
        return specialist.Id;
    }

    private async Task ChangeAsync(Guid id, Action<Specialist> change)
    {
        await using var scope = shared.Host.Scope(shared.Host.North);
        var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
        change(await db.Specialists.SingleAsync(s => s.Id == id));
        await db.SaveChangesAsync();
    }
}
