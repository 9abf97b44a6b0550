using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Modular.Host.Practices;

namespace Modular.Host.Keys;

/// <summary>Protectors by purpose. What travels (cookies, links) carries the practice; what rests in a practice's database does not.</summary>
public sealed class KeyRing(IDataProtectionProvider provider)
{
    public IDataProtector For(Practice practice, string purpose) => provider.CreateProtector("practice", practice.Id.ToString("N"), purpose);

    public IDataProtector AtRest(string purpose, string row) => provider.CreateProtector("at-rest", purpose, row);
}
