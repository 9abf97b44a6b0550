using Microsoft.AspNetCore.Identity;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Rights;
using QRCoder;

namespace Modular.Host.SignIn;

/// <summary>Authenticator app (RFC 6238) and recovery codes.</summary>
public sealed class SecondFactor(UserManager<Person> people, ScopeContext scope, TimeProvider clock)
{
    public const int RecoveryCodes = 10;

    /// <summary>A code of the app or a recovery code. Each works once: a code seen over somebody's shoulder is used up.</summary>
    public async Task<bool> AcceptsAsync(Person person, string typed)
    {
        var code = new string([.. typed.Where(char.IsLetterOrDigit)]).ToUpperInvariant();
        if (code.Length == 6 && code.All(char.IsAsciiDigit))
        {
            return await IsFreshAsync(person, code);
        }

        // Identity's codes look like ABCDE-FGHJK. Of two who send the same one at once the second finds the person changed.
        return code.Length == 10 && (await people.RedeemTwoFactorRecoveryCodeAsync(person, $"{code[..5]}-{code[5..]}")).Succeeded;
    }

    /// <summary>A right code that is newer than every one before; the database decides, so that of two at once one wins.</summary>
    public async Task<bool> IsFreshAsync(Person person, string code)
    {
        if (await people.GetAuthenticatorKeyAsync(person) is not { Length: > 0 } key || Totp.StepOf(key, code, clock.GetUtcNow()) is not { } step)
        {
            return false;
        }

        await using var connection = await scope.Practice.OpenAsync(default);
        return await connection.ExecuteAsync("update core.people set totp_step = $2 where id = $1 and (totp_step is null or totp_step < $2)", [person.Id, step], default) == 1;
    }

    /// <summary>A new key, not in force before a first code proved that the app has it.</summary>
    public async Task<AuthenticatorKey> BeginAsync(Person person)
    {
        await people.ResetAuthenticatorKeyAsync(person);
        await using (var connection = await scope.Practice.OpenAsync(default))
        {
            // Of the new key no code was used yet.
            await connection.ExecuteAsync("update core.people set totp_step = null where id = $1", [person.Id], default);
        }

        return await PendingAsync(person) ?? throw new InvalidOperationException("The key was not stored.");
    }

    public async Task<AuthenticatorKey?> PendingAsync(Person person)
    {
        if (await people.GetAuthenticatorKeyAsync(person) is not { Length: > 0 } key)
        {
            return null;
        }

        var issuer = Uri.EscapeDataString(scope.Practice.Name);
        var uri = $"otpauth://totp/{issuer}:{Uri.EscapeDataString(person.UserName!)}?secret={key}&issuer={issuer}&digits=6";
        return new(string.Join(' ', key.Chunk(4).Select(c => new string(c))).ToLowerInvariant(), QrPath(uri));
    }

    public async Task<IReadOnlyList<string>> TurnOnAsync(Person person)
    {
        await people.SetTwoFactorEnabledAsync(person, true);
        return [.. await people.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes) ?? []];
    }

    public async Task TurnOffAsync(Person person)
    {
        await people.SetTwoFactorEnabledAsync(person, false);
        await people.ResetAuthenticatorKeyAsync(person);
    }

    /// <summary>App, recovery codes and passkeys: the phone is lost. Whoever calls it has seen to it that it may be.</summary>
    public async Task RemoveAllAsync(Person person)
    {
        await TurnOffAsync(person);
        foreach (var passkey in await people.GetPasskeysAsync(person))
        {
            await people.RemovePasskeyAsync(person, passkey.CredentialId);
        }
    }

    /// <summary>The QR code as one SVG path: shape only, so that the page needs no inline style.</summary>
    private static QrCode QrPath(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new System.Text.StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < data.ModuleMatrix[y].Count; x++)
            {
                if (data.ModuleMatrix[y][x])
                {
                    path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return new(data.ModuleMatrix.Count, path.ToString());
    }
}

/// <param name="Key">For typing by hand, in groups of four.</param>
public sealed record AuthenticatorKey(string Key, QrCode Qr);

/// <param name="Size">Squares per side, quiet zone included.</param>
/// <param name="Path">SVG path of the dark squares.</param>
public sealed record QrCode(int Size, string Path);
