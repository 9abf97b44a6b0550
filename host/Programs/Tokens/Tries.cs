using System.Globalization;
using Microsoft.AspNetCore;
using Modular.Host.Callers;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignedIn;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using OpenIddict.Validation;
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
