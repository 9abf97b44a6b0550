using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Modular.Host.Keys;

/// <summary>
/// OpenIddict's options want a key of each kind at the start, though every request takes its practice's own. An ephemeral key of OpenIddict's
/// own is RSA with 4,096 bits and takes a second or more of a start; these take no time.
/// </summary>
public static class UnusedKeys
{
    private const string Name = "never-used";

    public static SymmetricSecurityKey Encryption() => new(RandomNumberGenerator.GetBytes(32)) { KeyId = Name };

    public static ECDsaSecurityKey Signing() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = Name };
}
