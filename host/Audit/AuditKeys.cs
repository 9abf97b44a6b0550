using System.Security.Cryptography;
using Modular.Host.Keys;

namespace Modular.Host.Audit;

/// <summary>
/// What the chain is sealed with, made of the host's master keys: somebody who has the databases and not the key can change entries
/// and cannot seal them. Former master keys still verify what they sealed.
/// </summary>
public sealed class AuditKeys(MasterKey master)
{
    private readonly Lazy<IReadOnlyList<AuditKey>> all = new(() => [.. master.Derive("audit chain").Select(key => new AuditKey(key))]);

    public AuditKey Current => all.Value[0];

    public AuditKey? Find(string id) => all.Value.FirstOrDefault(key => key.Id == id);
}
