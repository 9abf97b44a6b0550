using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

public static class PayerHeardHandler
{
    public static ConcurrentQueue<PayerChanged> Heard { get; } = [];

    public static void Handle(PayerChanged payer) => Heard.Enqueue(payer);
}

/// <summary>Who pays is told whoever wrote it.</summary>
public sealed class PayerMessageTests
{
    [Fact]
    public async Task A_payer_is_told_as_the_page_saved_it_and_again_when_it_is_changed()
    {
        await using var host = await TestHost.StartAsync(builder =>
        {
            builder.Services.AddSingleton(BusHost.Quick);
            var map = (HandlerMap)builder.Services.Last(s => s.ServiceType == typeof(HandlerMap)).ImplementationInstance!;
            builder.Services.AddSingleton(new HandlerMap([.. map.All, .. HandlerDiscovery.Find("core", [typeof(PayerHeardHandler)])]));
        });
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var name = $"Harbor {PatientRows.Tag()}";

        const string form = "form[action^='/patients/payers/edit']";
        await manager.SubmitAsync(await manager.PageAsync("/patients/payers/edit"), form, ("Name", name), ("PayerNumber", "60054"), ("State", "OH"), ("ClaimFilingCode", "HM"));
        var id = await host.North.AskAsync<Guid>($"select id from patients.payers where name = '{name}'");
        using var changed = await manager.SubmitAsync(await manager.PageAsync($"/patients/payers/edit/{id}"), form, ("PayerNumber", "60055"));
        Assert.True(changed.StatusCode == System.Net.HttpStatusCode.Redirect, await changed.Content.ReadAsStringAsync());

        await host.North.UntilAsync("select count(*) from bus.inbox where queue = 'core.payer-heard' and status = 'handled'", 2L);
        Assert.Equal([(1, name, "60054", "OH", "HM", true), (2, name, "60055", "OH", "HM", true)],
            PayerHeardHandler.Heard.Where(p => p.PayerId == id).OrderBy(p => p.Version).Select(p => (p.Version, p.Name, p.PayerNumber, p.State, p.ClaimFilingCode, p.Active)));
    }
}
