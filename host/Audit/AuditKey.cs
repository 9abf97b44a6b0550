using System.Security.Cryptography;
using Modular.Host.Keys;

namespace Modular.Host.Audit;

public sealed class AuditKey(byte[] key)
{
    /// <summary>Names the key and says nothing about it.</summary>
    public string Id { get; } = Convert.ToHexStringLower(HMACSHA256.HashData(key, "id"u8))[..8];

    public byte[] Mac(byte[] content) => HMACSHA256.HashData(key, content);
}
