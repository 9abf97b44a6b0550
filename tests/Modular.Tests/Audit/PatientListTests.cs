using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Audit;

public sealed class PatientListTests : IAsyncLifetime
{
    private readonly Guid[] patients = [.. Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7())];
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        await LookAsync();
        await LookAsync();
        await host.Services.GetRequiredService<AuditSealer>().SealAsync(host.North, default);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_long_list_is_written_once_and_found_by_each_of_its_patients()
    {
        await using var scope = host.Scope(host.North);
        var page = await scope.ServiceProvider.GetRequiredService<AuditLog>().PageAsync(new() { Patient = patients[17] }, new(), default);

        Assert.Equal(2, page.Total);
        Assert.All(page.Rows, entry => Assert.Equal(patients, entry.Patients));
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from audit.patient_lists"));
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from audit.entries where patient_ids <> '{}'"));
        Assert.True((await VerifyAsync()).Intact);
    }

    [Theory]
    [InlineData("update audit.patient_lists set patient_ids = patient_ids[2:]", "was changed")]
    [InlineData("delete from audit.patient_lists", "was removed")]
    [InlineData("update audit.entries set list_digest = sha256('x')", "was changed or inserted")]
    public async Task A_list_changed_or_removed_behind_the_log_is_named(string change, string said)
    {
        await using var tamper = host.North.Database.CreateCommand($"""
            alter table audit.patient_lists drop constraint patient_lists_check;
            set session_replication_role = replica; {change}; set session_replication_role = origin
            """);
        await tamper.ExecuteNonQueryAsync();

        Assert.Contains((await VerifyAsync()).Faults, f => f.Sentence.Contains(said));
    }

    [Fact]
    public async Task Nobody_changes_a_list_in_passing()
    {
        await using var change = host.North.Database.CreateCommand("delete from audit.patient_lists");

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => change.ExecuteNonQueryAsync());
    }

    private async Task LookAsync()
    {
        await using var scope = host.Scope(host.North);
        scope.ServiceProvider.GetRequiredService<IAccessLog>().Listed(patients, "day list");
        await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
    }

    private Task<AuditReport> VerifyAsync() => host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(host.North);
}
