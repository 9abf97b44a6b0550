using Microsoft.AspNetCore.Mvc;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <summary>Keeps the passwords and keys that were typed below a module's settings; a blank field keeps what there is.</summary>
public sealed class KeepSecrets(Secrets secrets, ScopeContext scope) : Slice
{
    [HttpPost("/admin/settings/{module}/secrets")]
    [Needs("core.settings.manage")]
    public async Task<IActionResult> Post(string module, [FromForm] IFormCollection form, CancellationToken ct)
    {
        if (!scope.Practice.IsOn(module) || await secrets.KeptAsync(module, ct) is not { Count: > 0 } kept)
        {
            return NotFound();
        }

        // The fields are named password: a form that is kept while somebody proves who they are leaves such fields out.
        var changed = 0;
        foreach (var secret in kept.Select(k => k.Declared))
        {
            var (typed, forget) = (form[$"password.{secret.Id}"].ToString(), form[$"forget.{secret.Id}"].ToString() == "true");
            if (typed.Length > Secrets.MaxLength)
            {
                return Done(Address(module), $"{secret.Title} is longer than {Secrets.MaxLength:N0} characters; nothing of it was kept");
            }

            if (typed.Length > 0 || forget)
            {
                await secrets.KeepAsync(module, secret.Id, typed.Length > 0 ? typed : null, ct);
                changed++;
            }
        }

        return Done(Address(module), changed == 0 ? "Nothing was typed; all is as it was" : "Passwords and keys saved");
    }

    private static string Address(string module) => $"/admin/settings/{module}";
}
