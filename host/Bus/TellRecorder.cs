using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>Publishes the state of saved rows whose module says that they are told, in the transaction that saves them.</summary>
public sealed class TellRecorder(InstalledModules modules, IServiceProvider services) : IRowRecorder
{
    private static readonly ConditionalWeakTable<InstalledModules, ILookup<Type, TellDeclaration>> Declared = [];

    public bool Derives => false;

    public void Record(IReadOnlyList<SavedRow> rows, Work work)
    {
        var told = Declared.GetValue(modules, m => m.WithCore.SelectMany(x => x.Declared.Tells).ToLookup(t => t.Entity));
        foreach (var row in rows.Where(r => r.State != EntityState.Deleted))
        {
            foreach (var tell in told[row.Entity.GetType()])
            {
                // Asked for here: it works inside the write that this recorder belongs to.
                services.GetRequiredService<Outbox>().Add(tell.Message(row.Entity), new(Key: ((IVersioned)row.Entity).Id.ToString()));
            }
        }
    }
}
