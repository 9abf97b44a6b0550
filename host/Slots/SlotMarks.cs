using Modular.Host.Installed;
using Modular.Host.PatientAccess;
using Modular.Host.Practices;
using Modular.Host.Settings;
using Modular.Sdk;

namespace Modular.Host.Slots;

/// <summary>Marks for the rows of a list, from every module that has any; a late or failing one leaves the list without its marks.</summary>
public sealed class SlotMarks(ScopeContext scope, InstalledModules modules, SlotRunner runner, PatientDoor door) : IMarks
{
    private static readonly IReadOnlyDictionary<Guid, IReadOnlyList<Mark>> None = new Dictionary<Guid, IReadOnlyList<Mark>>();

    private static readonly IReadOnlyList<Mark> Restricted = [new("Restricted", "bad", "lock", "Opens to those who say why")];

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> OfAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct = default)
    {
        // No module is asked about a shut chart; that it is one is the one thing to say.
        var shut = ids.Where(door.IsShut).Distinct().ToDictionary(id => id, _ => Restricted);
        ids = shut.Count == 0 ? ids : [.. ids.Where(id => !shut.ContainsKey(id))];
        var works = modules.Running.Where(m => scope.Practice.IsOn(m.Id))
            .SelectMany(m => m.Declared.ListSlots.Where(s => s.Slot == slot && scope.Actor.Can(s.Permission) && scope.Practice.Shows(s.Panel)).Select(s => Work(m, s, ids))).ToList();
        if (works.Count == 0 || ids.Count == 0)
        {
            return shut.Count == 0 ? None : shut;
        }

        var outcomes = await runner.RunAsync(works, runner.PageBudget, ct);
        return outcomes.Select(o => o.Value).OfType<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>>()
            .Append(shut).SelectMany(marks => marks).GroupBy(m => m.Key).ToDictionary(g => g.Key, g => (IReadOnlyList<Mark>)[.. g.SelectMany(m => m.Value)]);
    }

    private static SlotWork Work(LoadedModule module, SlotDeclaration declared, IReadOnlyCollection<Guid> ids) => new($"{module.Id}.{Names.Kebab(declared.Panel.Name)}", async (services, ct) =>
        await ((IListSlot)ActivatorUtilities.CreateInstance(services, declared.Panel)).LoadAsync(declared.Slot, ids, ct));
}
