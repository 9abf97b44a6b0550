using Microsoft.AspNetCore.DataProtection;
using Modular.Host.Practices;

namespace Modular.Host.Keys;

/// <summary>
/// Stands in front of data protection for everything the framework protects during a request (anti-forgery tokens, notes):
/// the practice becomes part of the purpose, so that a value of one practice is noise at another.
/// </summary>
public sealed class PracticeProtection(IDataProtectionProvider inner, IHttpContextAccessor http) : IDataProtectionProvider
{
    public IDataProtector CreateProtector(string purpose) => new Protector(inner.CreateProtector(purpose), http);

    private sealed class Protector(IDataProtector inner, IHttpContextAccessor http) : IDataProtector
    {
        private IDataProtector Here =>
            http.HttpContext?.RequestServices.GetRequiredService<ScopeContext>() is { HasPractice: true } scope
                ? inner.CreateProtector(scope.Practice.Id.ToString("N"))
                : inner;

        public IDataProtector CreateProtector(string purpose) => new Protector(inner.CreateProtector(purpose), http);

        public byte[] Protect(byte[] plaintext) => Here.Protect(plaintext);

        public byte[] Unprotect(byte[] protectedData) => Here.Unprotect(protectedData);
    }
}
