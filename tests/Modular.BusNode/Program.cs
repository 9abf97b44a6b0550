using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.BusNode;
using Modular.Counting.Messages;
using Modular.Facts.Messages;
using Modular.Host.Bus;
using Modular.Host.Composition;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;
using Npgsql;

// A host that is there to be killed: it notes the facts of its range that are not noted yet, each in one transaction
// with its message, and handles messages until somebody kills it.
// Arguments: connection, catalogue, modules folder, data folder, first number, count.
// MODULAR_SILENCE is after how many seconds without a sign a host is dead: three, where a real one has thirty.
// With "acts" instead of the numbers it does what its input says, a line each, and answers each with a line: see Modular.BusNode.Acts.
var options = new StartOptions { Connection = args[0], Catalogue = args[1], ModulesDirectory = args[2], DataDirectory = args[3], Port = 0 };
await using var app = HostApp.Build(options, builder =>
{
    builder.Logging.ClearProviders();
    builder.Services.AddSingleton(new BusOptions
    {
        QuickRetries = [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20)],
        ScheduledRetries = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100)],
        HintInterval = TimeSpan.FromMilliseconds(250),
        NodeDeadAfter = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("MODULAR_SILENCE"), out var silence) ? silence : 3),
        SweepInterval = TimeSpan.FromSeconds(3),
    });
});
await app.StartAsync();
await app.Services.GetRequiredService<NodeService>().Ready;
var practice = app.Services.GetRequiredService<PracticeRegistry>().FindSlug("north")!;
Console.WriteLine("ready");
if (args[4] == "acts")
{
    await new Acts(app.Services, practice).RunAsync();
    return;
}

var (first, count) = (int.Parse(args[4], null), int.Parse(args[5], null));
for (var number = first; number < first + count; number++)
{
    try
    {
        await NoteAsync(number);
    }
    catch (NpgsqlException)
    {
        // The server went away; whether this commit arrived is for the table to say.
        number--;
        await Task.Delay(200);
    }
}

Console.WriteLine("published");
Console.WriteLine($"compilers loaded: {AppDomain.CurrentDomain.GetAssemblies().Count(a => a.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))}");
await Task.Delay(Timeout.Infinite);

async Task NoteAsync(int number)
{
    await using var scope = app.Services.OpenScope(practice, Actor.System("publisher"));
    var work = scope.ServiceProvider.GetRequiredService<Work>();
    await using var write = await work.BeginAsync();
    await using var insert = new NpgsqlCommand("insert into facts.facts values ($1, $2, 1, 'killed') on conflict do nothing", work.Connection)
    {
        Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = number } },
    };
    if (await insert.ExecuteNonQueryAsync() == 1)
    {
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        await bus.PublishAsync(new FactNoted(number, 1, "killed"));
        // Three orders for each range of numbers, which one host at a time publishes.
        var walk = $"{first}-{number % 3}";
        await bus.PublishAsync(new StepTaken(walk, number), new(Key: walk));
        await write.CommitAsync();
    }
}
