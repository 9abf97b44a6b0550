using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Imports;
using Modular.Host.Installed;
using Modular.Host.Postgres;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Imports;

public sealed class ImportTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(builder => builder.Services.AddScoped<IMessageBus, SilentBus>());
        host.Services.GetRequiredService<InstalledModules>().Core.Builder!.Import<RoomImport>();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_check_counts_what_would_happen_and_changes_nothing_then_the_import_does_it()
    {
        var id = await Upload("Room number;Room\n1;Exam 1\n2;bad\n3;\n");

        var check = await Run(id, Import.Checked);
        Assert.Equal((3, 1, 0, 2), (check.Total, check.Created, check.Updated, check.Refused));
        Assert.Empty(await RoomNames());

        var done = await Run(id, Import.Done);
        Assert.Equal((1, 0, 2), (done.Created, done.Updated, done.Refused));
        Assert.Equal(["Exam 1"], await RoomNames());
        Assert.Equal(["Name: This is no name.", "Name: missing."], await Column("errors", "outcome = 'refused'", id));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_corrected_one_only_what_differs()
    {
        var text = Rows(1200);
        await Run(await Upload(text), Import.Done);
        Assert.Equal(1200, (await RoomNames()).Count);

        var again = await Run(await Upload(text), Import.Done);
        Assert.Equal((0, 0, 1200), (again.Created, again.Updated, again.Unchanged));

        var corrected = await Run(await Upload(text.Replace("Room 7\n", "Room seven\n", StringComparison.Ordinal)), Import.Done);
        Assert.Equal((0, 1, 1199), (corrected.Created, corrected.Updated, corrected.Unchanged));
    }

    [Fact]
    public async Task The_same_source_id_twice_in_one_file_is_one_room_with_the_later_name()
    {
        var done = await Run(await Upload("id,name\na,First\nb,Other\na,Second\n"), Import.Done);

        Assert.Equal((2, 1), (done.Created, done.Updated));
        Assert.Equal(["Other", "Second"], await RoomNames());
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_is_refused_alone_and_the_rest_of_its_batch_is_taken()
    {
        // The rooms of a location have different names: a unique key of the table.
        var done = await Run(await Upload("id,name\n1,One\n2,Two\n3,One\n4,Four\n"), Import.Done);

        Assert.Equal((3, 1), (done.Created, done.Refused));
        Assert.Equal(["Four", "One", "Two"], await RoomNames());
        Assert.StartsWith("Another row has the same value", Assert.Single(await Column("errors", "outcome = 'refused'", done.Id)));
    }

    [Fact]
    public async Task An_undo_takes_back_everything_untouched_and_lists_what_stays_with_the_reason()
    {
        await Run(await Upload("id,name\n1,One\n"), Import.Done);
        var id = await Upload("id,name\n1,Uno\n2,Two\n3,Three\n2,Deux\n");
        await Run(id, Import.Done);
        await using (var scope = host.Scope(host.North))
        {
            var db = RoomsDb.Open(scope.ServiceProvider);
            (await db.Rooms.SingleAsync(r => r.Name == "Three")).Name = "Touched";
            await db.SaveChangesAsync();
        }

        var undone = await Run(id, Import.Undo);

        Assert.Equal(["One", "Touched"], await RoomNames());
        Assert.Equal(3, undone.Undone);
        Assert.Equal(["Changed since the import."], await Column("errors", "outcome = 'stays'", id));
    }

    [Fact]
    public async Task A_stopped_import_goes_on_where_it_was_and_takes_no_row_twice()
    {
        var id = await Upload(Rows(1300));
        await Run(id, Import.Checked);
        await With<ImportSteps, bool>((steps, import) => steps.RunAsync(import, default), id);
        await host.Services.GetRequiredService<ImportRunner>().StepAsync(host.North, id, default);
        await With<ImportSteps, bool>((steps, import) => steps.CancelAsync(import, default), id);
        Assert.False(await host.Services.GetRequiredService<ImportRunner>().StepAsync(host.North, id, default));

        var done = await Run(id, Import.Done);

        Assert.Equal((1300, 1300, 0), (done.Position, done.Created, done.Refused));
    }

    [Fact]
    public async Task Batches_that_are_repeated_at_the_same_time_take_each_row_once()
    {
        var id = await Upload(Rows(2600));
        await Run(id, Import.Checked);
        await With<ImportSteps, bool>((steps, import) => steps.RunAsync(import, default), id);

        var runner = host.Services.GetRequiredService<ImportRunner>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (await runner.StepAsync(host.North, id, default))
            {
            }
        }));

        var done = await Find(id);
        Assert.Equal((Import.Done, 2600, 2600, 0), (done.State, done.Position, done.Created, done.Updated));
    }

    [Fact]
    public async Task An_import_is_one_entry_of_the_change_log_with_the_digest_of_the_file_and_not_one_a_row()
    {
        var id = await Upload(Rows(30));
        await Run(id, Import.Done);
        await using var connection = await host.North.Database.OpenConnectionAsync();

        var entries = await connection.QueryAsync("select what, reason from audit.entries where log = 'change'", [], r => (r.GetString(0), r.GetString(1)), default);

        var (what, reason) = Assert.Single(entries);
        Assert.Equal("import of 30 rows started", what);
        Assert.Equal($"file sha256 {(await Find(id)).Sha256}", reason);
    }

    [Fact]
    public async Task The_columns_a_person_chose_are_remembered_for_the_next_file_of_these_headings()
    {
        var id = await Upload("A,B\n1,One\n");
        Assert.Empty((await Find(id)).Mapping);
        await With<ImportSteps, bool>((steps, import) => steps.CheckAsync(import, new() { ["id"] = 0, ["name"] = 1 }, default), id);

        Assert.Equal(new Dictionary<string, int> { ["id"] = 0, ["name"] = 1 }, (await Find(await Upload("A,B\n2,Two\n"))).Mapping);
    }

    [Fact]
    public async Task A_quotation_that_is_never_closed_stores_nothing_and_says_where()
    {
        var refused = await Assert.ThrowsAsync<CsvRefusedException>(() => Upload("id,name\n1,One\n2,\"Two\n" + Rows(200)));

        Assert.StartsWith("In line 3 a quotation mark", refused.Message);
        Assert.Equal(0, await Count("select count(*) from core.imports"));
        Assert.Equal(0, await Count("select count(*) from core.import_rows"));
    }

    private async Task<Import> Run(Guid id, string until)
    {
        var import = await Find(id);
        if (import.State == Import.Uploaded)
        {
            await With<ImportSteps, bool>((s, i) => s.CheckAsync(i, i.Mapping, default), id);
            import = await Drain(id);
        }

        if (until == Import.Done && import.State is Import.Checked or Import.Canceled)
        {
            await With<ImportSteps, bool>((s, i) => s.RunAsync(i, default), id);
            import = await Drain(id);
        }

        if (until == Import.Undo)
        {
            await With<ImportSteps, bool>((s, i) => s.UndoAsync(i, default), id);
            import = await Drain(id);
        }

        Assert.Equal(until, import.State);
        return import;
    }

    private async Task<Import> Drain(Guid id)
    {
        while (await host.Services.GetRequiredService<ImportRunner>().StepAsync(host.North, id, default))
        {
        }

        return await Find(id);
    }

    private static string Rows(int count) => "id,name\n" + string.Concat(Enumerable.Range(1, count).Select(i => $"{i},Room {i}\n"));

    private async Task<Guid> Upload(string text)
    {
        await using var scope = host.Scope(host.North);
        var kind = scope.ServiceProvider.GetRequiredService<ImportKinds>().Find("core.rooms")!;
        return await scope.ServiceProvider.GetRequiredService<ImportUpload>().StoreAsync(kind, new MemoryStream(Encoding.UTF8.GetBytes(text)), "rooms.csv", default);
    }

    private async Task<Import> Find(Guid id)
    {
        await using var connection = await host.North.Database.OpenConnectionAsync();
        return (await Import.FindAsync(connection, id, false, default))!;
    }

    private async Task<TResult> With<T, TResult>(Func<T, Import, Task<TResult>> act, Guid id) where T : notnull
    {
        await using var scope = host.Scope(host.North);
        return await act(scope.ServiceProvider.GetRequiredService<T>(), await Find(id));
    }

    private async Task<List<string>> RoomNames()
    {
        await using var connection = await host.North.Database.OpenConnectionAsync();
        return await connection.QueryAsync("select name from core.rooms order by name", [], r => r.GetString(0), default);
    }

    private async Task<List<string>> Column(string column, string where, Guid id)
    {
        await using var connection = await host.North.Database.OpenConnectionAsync();
        return await connection.QueryAsync($"select {column} from core.import_rows where import_id = $1 and {where} order by number", [id], r => r.GetString(0), default);
    }

    private async Task<long> Count(string sql)
    {
        await using var connection = await host.North.Database.OpenConnectionAsync();
        return (await connection.QueryAsync(sql, [], r => r.GetInt64(0), default))[0];
    }

    /// <summary>These tests push the batches themselves; that the bus does is a slice test of its own.</summary>
    private sealed class SilentBus : IMessageBus
    {
        public Task InvokeAsync(object message, CancellationToken ct = default) => Task.CompletedTask;
        public Task<T?> InvokeAsync<T>(object message, CancellationToken ct = default) where T : class => Task.FromResult<T?>(null);
        public Task PublishAsync(object message, DeliveryOptions? options = null) => Task.CompletedTask;
        public Task SendAsync(object message, DeliveryOptions? options = null) => Task.CompletedTask;
        public Task ScheduleAsync(object message, DateTimeOffset when) => Task.CompletedTask;
    }
}
