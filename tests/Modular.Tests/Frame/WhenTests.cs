using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Modular.Tests.Patients;

namespace Modular.Tests.Frame;

public sealed class WhenTests(SharedHost shared)
{
    [Fact]
    public async Task A_day_said_inside_a_sentence_has_no_capital_and_a_month_keeps_it()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        // Yesterday, when midnight passes meanwhile.
        Assert.Matches("^registered (today|yesterday)$", await RegisteredAsync("0 days"));
        Assert.Matches("^registered [A-Z][a-z]{2} ", await RegisteredAsync("40 days"));

        async Task<string> RegisteredAsync(string ago)
        {
            await shared.Host.North.AskAsync<Guid>($"update patients.patients set registered_at = now() - interval '{ago}' where id = '{patient.Id}' returning id");
            return (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector("#about small")!.TextContent.Trim();
        }
    }
}
