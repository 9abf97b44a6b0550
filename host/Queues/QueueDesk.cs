using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Queues;

/// <summary>The work queues of enabled modules: which one an address names, and what is done with its rows.</summary>
public sealed class QueueDesk(
    IServiceProvider services, InstalledModules modules, ScopeContext scope, ChosenLocation place, QueuePeople people, ILive live, TimeProvider clock)
{
    /// <returns>Null when there is no such queue, its module is off, or whoever asks may not work on it: one answer for all three.</returns>
    public WorkQueue? Find(string name) => scope.Practice.IsOn(ModuleOf(name)) && modules.Find(ModuleOf(name))?.Declared.Queues
        .FirstOrDefault(q => q.Name == name) is { } queue && scope.Actor.Can(queue.Permission) ? queue : null;

    /// <returns>Null when this person may not work on it.</returns>
    public async Task<WorkOwner?> OwnerAsync(WorkQueue queue, Guid? person, CancellationToken ct) =>
        (await people.WhoMayAsync(queue.Permission, ct)).FirstOrDefault(p => p.Id == person);

    /// <param name="owner">Null gives the rows back to their team.</param>
    /// <param name="take">Rows that somebody else has stay theirs.</param>
    public async Task<QueueOutcome> AssignAsync(WorkQueue queue, IReadOnlyCollection<Guid> rows, WorkOwner? owner, bool take, CancellationToken ct)
    {
        var outcome = await queue.AssignAsync(Db(queue), Ask, rows, owner, take, ct);
        foreach (var location in queue.Topic is null ? [] : outcome.Locations)
        {
            live.Changed(queue.Topic!, location.ToString("N"), location);
        }

        return outcome;
    }

    public Task<string?> NextAsync(WorkQueue queue, Guid? after, CancellationToken ct) => queue.TakeNextAsync(Db(queue), Ask, after, ct);

    private QueueAsk Ask => new(scope.Actor, clock.GetUtcNow(), place.Location?.Id);

    private static string ModuleOf(string name) => name.Split('.')[0];

    private ModuleDb Db(WorkQueue queue) => modules.Find(ModuleOf(queue.Name))!.Declared.Databases
        .Select(type => (ModuleDb)services.GetRequiredService(type)).First(db => db.Model.FindEntityType(queue.Row) is not null);
}
