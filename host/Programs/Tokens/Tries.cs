using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <param name="Key">Of what is counted for this request.</param>
public sealed record Tries(string Key)
{
    public const string Property = "tries";
    public const int PerMinute = 60;

    public TimeSpan? Wait { get; set; }
}
